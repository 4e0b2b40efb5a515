// SPDX-License-Identifier: Apache-2.0
import Dispatch
import Synchronization

/// Many deadlines behind one timer: adding one that is later than the next costs no system call, and nothing runs while
/// there is none.
public final class Deadlines: Sendable {
    public struct Token: Hashable, Sendable {
        let number: UInt64
    }

    private struct State: Sendable {
        var waiting: [Token: (at: BootTime, fire: @Sendable () -> Void)] = [:]
        var armed: BootTime?
        var next: UInt64 = 0
        var alarm: Alarm?

        mutating func arm(for deadline: BootTime) {
            armed = deadline
            alarm?.set(boot: deadline)
        }
    }

    private let state = Mutex(State())
    private let time: TimeSource

    /// - Throws: `TimeError` when no file descriptor is left.
    public init(time: TimeSource) throws(TimeError) {
        self.time = time
        let alarm = try Alarm(onQueue: DispatchQueue(label: "onboardd.deadlines")) { [weak self] in self?.fireDue() }
        state.withLock { $0.alarm = alarm }
    }

    deinit { state.withLock { $0.alarm?.close() } }

    /// Calls `fire` once when `deadline` has come, unless it is removed before. It must be short.
    public func add(at deadline: BootTime, fire: @escaping @Sendable () -> Void) -> Token {
        state.withLock { state in
            let token = Token(number: state.next)
            state.next += 1
            state.waiting[token] = (deadline, fire)
            if state.armed.map({ deadline < $0 }) ?? true { state.arm(for: deadline) }
            return token
        }
    }

    public func remove(_ token: Token) {
        state.withLock { _ = $0.waiting.removeValue(forKey: token) }
    }

    private func fireDue() {
        let now = time.boot()
        let due = state.withLock { state in
            let due = state.waiting.filter { $0.value.at <= now }
            for token in due.keys { state.waiting[token] = nil }
            state.armed = nil
            if let next = state.waiting.values.map(\.at).min() { state.arm(for: next) }
            return due.values.map(\.fire)
        }
        for fire in due { fire() }
    }
}
