// SPDX-License-Identifier: Apache-2.0
import Cryptography
import EmbeddedWarehouse
import JobQueue
import Synchronization
import TestSupport
import Time
import Workflow

/// What outlives a daemon: a state folder, a warehouse, and the machine's clock.
final class Site: Sendable {
    let folder: TemporaryFolder
    let warehouse: EmbeddedWarehouse
    let key = SymmetricKey(random: .system)
    let clock: ShiftedClock
    private let daemons = Mutex<[DaemonUnderTest]>([])

    private init() async throws {
        folder = try TemporaryFolder()
        clock = ShiftedClock()
        try await Seed.made.value.plant(in: folder)
        warehouse = try await EmbeddedWarehouse.open(folder: folder.file("warehouse"), fileQueues: 2, time: clock.source)
    }

    var jobs: String { folder.file("jobs.sqlite") }

    /// Starts a daemon here.
    func start(_ policy: StepPolicy, breaker: BreakerState.Policy = .never) async throws -> DaemonUnderTest {
        let daemon = try await DaemonUnderTest(at: self, policy: policy, breaker: breaker)
        daemons.withLock { $0.append(daemon) }
        return daemon
    }

    private func close() async throws {
        // They know this site: without them it can go, and its folder with it.
        let daemons = daemons.withLock { daemons in
            defer { daemons = [] }
            return daemons
        }
        for daemon in daemons {
            daemon.warehouse.close()
            await daemon.dispatcher.stop(within: .zero)
        }
        for daemon in daemons { try await daemon.store.close() }
        try await warehouse.close()
    }

    /// Some at a time, so that a hundred cases don't wait for one disk while their time-outs run.
    private static let slots = Slots(6)

    /// A daemon at a site of its own, for one test.
    static func with(
        _ policy: StepPolicy = .patient, breaker: BreakerState.Policy = .never,
        _ body: (DaemonUnderTest) async throws -> Void
    ) async throws {
        await slots.take()
        let outcome: Result<Void, any Error>
        do {
            let site = try await Site()
            let daemon = try await site.start(policy, breaker: breaker)
            do {
                try await body(daemon)
                outcome = .success(())
            } catch {
                outcome = .failure(error)
            }
            try await site.close()
        } catch {
            await slots.giveBack()
            throw error
        }
        await slots.giveBack()
        try outcome.get()
    }
}

extension StepPolicy {
    /// Short pauses; nothing times out.
    static let patient = StepPolicy(attempts: 5, backoff: .milliseconds(1), backoffCap: .milliseconds(5))
    /// For what hangs.
    static let impatient = StepPolicy(
        attempts: 5, backoff: .milliseconds(1), backoffCap: .milliseconds(5), timeout: .milliseconds(200))
    /// An undo that can't succeed is soon given up.
    static let resigned = StepPolicy(
        attempts: 5, backoff: .milliseconds(1), backoffCap: .milliseconds(5), undoTotal: .milliseconds(20))
}

extension BreakerState.Policy {
    static let never = BreakerState.Policy(failures: .max)
}

/// The kernel's clocks, and the time that the test lets pass beside them.
final class ShiftedClock: Sendable {
    private let shift = Mutex(Duration.zero)

    func pass(_ duration: Duration) { shift.withLock { $0 += duration } }

    var source: TimeSource {
        TimeSource(
            wall: { TimeSource.system.wall() + self.shift.withLock { $0 } },
            boot: { TimeSource.system.boot() + self.shift.withLock { $0 } }, sleep: TimeSource.system.sleep)
    }
}

/// Lets so many in at a time.
actor Slots {
    private var free: Int
    private var waiting: [CheckedContinuation<Void, Never>] = []

    init(_ count: Int) { free = count }

    func take() async {
        guard free == 0 else {
            free -= 1
            return
        }
        await withCheckedContinuation { waiting.append($0) }
    }

    func giveBack() {
        if waiting.isEmpty { free += 1 } else { waiting.removeFirst().resume() }
    }
}
