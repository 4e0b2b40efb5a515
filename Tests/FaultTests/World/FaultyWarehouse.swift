// SPDX-License-Identifier: Apache-2.0
import EmbeddedWarehouse
import Synchronization
import Time
import Warehouse

/// A real warehouse between which and its callers the test stands: it makes calls fail, hang, lose their answers or land
/// late, and is told of each.
final class FaultyWarehouse: Sendable {
    fileprivate struct State {
        var scripts: [WarehouseCall: [Fault]] = [:]
        var always: [WarehouseCall: Fault] = [:]
        var reached: [WarehouseCall: Int] = [:]
        var waiting: [(call: WarehouseCall, count: Int, continuation: CheckedContinuation<Void, Never>)] = []
        var hanging: [Int: CheckedContinuation<Bool, Never>] = [:]
        var nextHang = 0
        var landings: [@Sendable () async throws -> Void] = []
        var isDead = false
    }

    let real: EmbeddedWarehouse
    private let time: TimeSource
    private let state = Mutex(State())

    init(_ real: EmbeddedWarehouse, time: TimeSource) {
        self.real = real
        self.time = time
    }

    /// The next calls of this name meet these faults, in this order; those after them meet none.
    func script(_ call: WarehouseCall, _ faults: Fault...) {
        state.withLock { $0.scripts[call, default: []] += faults }
    }

    /// All calls of this name meet this fault, until `heal`.
    func always(_ call: WarehouseCall, _ fault: Fault) {
        state.withLock { $0.always[call] = fault }
    }

    func heal() {
        state.withLock { state in
            state.scripts = [:]
            state.always = [:]
        }
    }

    func count(_ call: WarehouseCall) -> Int { state.withLock { $0.reached[call] ?? 0 } }

    /// Returns when the call has met its fault, or none, so often: a hanging call hangs by then.
    func reached(_ call: WarehouseCall, times: Int = 1) async {
        await withCheckedContinuation { continuation in
            let already = state.withLock { state in
                if state.reached[call] ?? 0 >= times { return true }
                state.waiting.append((call, times, continuation))
                return false
            }
            if already { continuation.resume() }
        }
    }

    /// Lets all that hangs go on, and be done.
    func release() { endHangs(done: true) }

    /// Does what was to land late. The warehouse may refuse it by then.
    /// - Returns: what was refused.
    @discardableResult
    func land() async -> [any Error] {
        let landings = state.withLock { state in
            defer { state.landings = [] }
            return state.landings
        }
        var refused: [any Error] = []
        for landing in landings {
            do { try await landing() } catch { refused.append(error) }
        }
        return refused
    }

    /// From here on nothing that is asked of it is done or answered: whoever asks is a process that was killed.
    func die() {
        state.withLock { $0.isDead = true }
    }

    /// Ends everything, for the end of a test.
    func close() {
        heal()
        endHangs(done: false)
    }

    private func endHangs(done: Bool) {
        let hanging = state.withLock { state in
            defer { state.hanging = [:] }
            return state.hanging
        }
        for continuation in hanging.values { continuation.resume(returning: done) }
    }
}

extension FaultyWarehouse {
    /// Lets a call through, or makes it meet its fault.
    func meet<T: Sendable>(
        _ call: WarehouseCall, _ deadline: BootTime,
        _ effect: @escaping @Sendable (EmbeddedWarehouse, BootTime) async throws(WarehouseError) -> T
    ) async throws(WarehouseError) -> T {
        let (fault, isDead) = state.withLock { ($0.takeFault(of: call), $0.isDead) }
        if isDead {
            _ = await hang { signalReached(call) }
            throw Fault.dead
        }
        switch fault {
        case .none:
            signalReached(call)
            return try await effect(real, deadline)
        case .refusal(let error):
            signalReached(call)
            throw error
        case .lostAnswer:
            _ = try await effect(real, deadline)
            signalReached(call)
            throw Fault.lost
        case .hang:
            guard await hang({ signalReached(call) }) else { throw Fault.lost }
            return try await effect(real, deadline)
        case .doneThenHang:
            _ = try await effect(real, deadline)
            _ = await hang { signalReached(call) }
            throw Fault.lost
        case .landsLate:
            state.withLock { state in
                state.landings.append { [real, time] in _ = try await effect(real, time.boot() + .seconds(10)) }
            }
            _ = await hang { signalReached(call) }
            throw Fault.lost
        }
    }

    private func signalReached(_ call: WarehouseCall) {
        let ready = state.withLock { state in
            state.reached[call, default: 0] += 1
            let count = state.reached[call] ?? 0
            let ready = state.waiting.filter { $0.call == call && $0.count <= count }
            state.waiting.removeAll { $0.call == call && $0.count <= count }
            return ready
        }
        for waiting in ready { waiting.continuation.resume() }
    }

    /// - Returns: whether the test released it; false where its caller gave up.
    private func hang(_ begun: () -> Void) async -> Bool {
        let number = state.withLock { state in
            state.nextHang += 1
            return state.nextHang
        }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                state.withLock { $0.hanging[number] = continuation }
                begun()
                if Task.isCancelled { end(number) }
            }
        } onCancel: {
            end(number)
        }
    }

    private func end(_ number: Int) {
        let continuation = state.withLock { $0.hanging.removeValue(forKey: number) }
        continuation?.resume(returning: false)
    }
}

extension FaultyWarehouse.State {
    fileprivate mutating func takeFault(of call: WarehouseCall) -> Fault? {
        if let always = always[call] { return always }
        guard var faults = scripts[call], !faults.isEmpty else { return nil }
        let first = faults.removeFirst()
        scripts[call] = faults
        return first
    }
}
