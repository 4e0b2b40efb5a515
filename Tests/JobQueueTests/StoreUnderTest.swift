// SPDX-License-Identifier: Apache-2.0
import Cryptography
import JobQueue
import Migrations
import SQLite
import TestSupport
import Time

/// A job store in a folder of its own, with clocks under the test's hand.
struct StoreUnderTest: Sendable {
    let folder: TemporaryFolder
    let clock: TestClock
    let store: JobStore

    init(limits: JobStore.Limits = .init(), bootID: String = "boot-1") async throws {
        let folder = try TemporaryFolder()
        try await self.init(folder: folder, clock: TestClock(), limits: limits, bootID: bootID)
    }

    private init(folder: TemporaryFolder, clock: TestClock, limits: JobStore.Limits, bootID: String) async throws {
        self.folder = folder
        self.clock = clock
        let path = folder.file("jobs.sqlite")
        _ = try Migrator().migrate(Connection(path: path, mode: .create))
        store = try await JobStore.open(path: path, bootID: bootID, limits: limits, time: clock.source, random: .system)
    }

    /// Closes the store and opens it again, as the next daemon does.
    func reopened(bootID: String = "boot-1") async throws -> StoreUnderTest {
        try await store.close()
        return try await StoreUnderTest(folder: folder, clock: clock, limits: store.limits, bootID: bootID)
    }

    @discardableResult
    func submit(
        _ subject: String? = nil, kind: String = "test.work", submitter: String = "somebody", priority: Int = 5,
        runAt: WallTime? = nil, idempotency: IdempotencyKey? = nil
    ) async throws -> Receipt {
        try await store.submit(
            NewJob(
                kind: kind, subject: subject, subjectKey: subject?.lowercased(), isExclusive: subject != nil,
                submitter: submitter, input: "{}", priority: priority, runAt: runAt, stepCount: 1, idempotency: idempotency))
    }

    /// Claims up to `count` jobs without beginning any step.
    func claim(_ count: Int = 1, kind: String = "test.work") async throws -> [ClaimedJob] {
        try await store.claim(Room(byKind: [kind: count], total: count)) { _ in Beginning(advance: nil, work: { _ in }) }.map(\.0)
    }

    func state(of id: JobID) async throws -> JobState? { try await store.snapshot(of: id)?.job.state }
}

extension Advance {
    /// An advance that changes the job only.
    static func job(_ moves: [JobState.Event], _ fate: Fate, knownCancel: Bool = false) -> Advance {
        var advance = Advance(done: 0, total: 1, maxAttempts: 5, knownCancel: knownCancel)
        advance.moves = moves
        advance.fate = fate
        return advance
    }

    static var finished: Advance { .job([.finished], .ended) }
}
