// SPDX-License-Identifier: Apache-2.0
import JobQueue
import SQLite
import Testing
import TestSupport
import Time

@Suite("A job that waits")
struct WaitingTests {
    private func waiting(_ test: StoreUnderTest, for delay: Duration) async throws -> Receipt {
        let job = try await test.submit()
        let claimed = try #require(try await test.claim().first)
        let due = Due(after: delay, from: test.clock.source)
        try await test.store.advance(claimed.claim, .job([.failedForNow], .waits(until: due, reason: .retry, detail: "a")))
        return job
    }

    @Test("is not claimed before its time, and is right after; the claim counts as an attempt")
    func due() async throws {
        let test = try await StoreUnderTest()
        let job = try await waiting(test, for: .seconds(60))
        test.clock.pass(.seconds(59))
        let next = try await test.store.moveDue()
        #expect(next.boot == test.clock.boot + .seconds(1))
        #expect(try await test.claim().isEmpty)
        test.clock.pass(.seconds(1))
        _ = try await test.store.moveDue()
        let claimed = try #require(try await test.claim().first)
        #expect(claimed.job.id == job.id && claimed.job.attempt == 2)
    }

    @Test("waits by the boot clock: a wall clock that is set changes nothing")
    func wallClockSet() async throws {
        let test = try await StoreUnderTest()
        _ = try await waiting(test, for: .seconds(60))
        test.clock.setWall(by: .seconds(7200))
        _ = try await test.store.moveDue()
        #expect(try await test.claim().isEmpty)
    }

    @Test("waits what is left by the wall clock after a reboot", arguments: [(outage: 20, left: 40), (90, 0), (-7200, 60)])
    func reboot(outage: Int, left: Int) async throws {
        let test = try await StoreUnderTest()
        _ = try await waiting(test, for: .seconds(60))
        test.clock.reboot(after: .seconds(outage))
        let next = try await test.reopened(bootID: "boot-2")
        let due = try await next.store.moveDue()
        if left > 0 {
            #expect(due.boot == test.clock.boot + .seconds(left))
            test.clock.pass(.seconds(left))
            _ = try await next.store.moveDue()
        }
        #expect(try await next.claim().count == 1)
    }

    @Test("for a client's run_at follows the wall clock")
    func runAt() async throws {
        let test = try await StoreUnderTest()
        try await test.submit(runAt: test.clock.wall + .seconds(3600))
        #expect(try await test.store.moveDue().wall == test.clock.wall + .seconds(3600))
        test.clock.setWall(by: .seconds(3600))
        _ = try await test.store.moveDue()
        #expect(try await test.claim().count == 1)
    }

    @Test("tells who watches when it changes, also what came before the wait began")
    func watched() async throws {
        let test = try await StoreUnderTest()
        let job = try await test.submit()
        let watch = test.store.changes.watch(job.seq)
        _ = try await test.claim()
        await watch.changed(before: .init(milliseconds: .max))
        test.store.changes.end(watch)
        #expect(test.store.changes.watchCount == 0)
    }
}

@Suite("Retention")
struct RetentionTests {
    private func end(_ test: StoreUnderTest, _ count: Int) async throws {
        for _ in 0..<count {
            try await test.submit()
            let claimed = try #require(try await test.claim().first)
            try await test.store.advance(claimed.claim, .finished)
        }
    }

    @Test("removes the oldest ended jobs over the count, and never a live one")
    func count() async throws {
        let test = try await StoreUnderTest()
        try await end(test, 5)
        try await test.submit()
        let gone = try await test.store.prune(kind: "test.work", Retention(age: .seconds(3600), count: 2))
        #expect(gone == 3)
        #expect(try await test.store.jobs(JobFilter(), limit: 10).map(\.seq) == [6, 5, 4])
    }

    @Test("by age needs both clocks")
    func age() async throws {
        let test = try await StoreUnderTest()
        try await end(test, 2)
        try await test.submit()
        let day = Retention(age: .seconds(86_400), count: 100)
        test.clock.setWall(by: .seconds(400 * 86_400))
        #expect(try await test.store.prune(kind: "test.work", day) == 0)
        test.clock.pass(.seconds(86_400))
        #expect(try await test.store.prune(kind: "test.work", day) == 2)
        let left = try await test.store.read { try $0.first("SELECT count(*) FROM event") { $0.int(0) } }
        #expect(left == 1)
    }

    @Test("never gives a number twice: the newest rows stay")
    func newest() async throws {
        let test = try await StoreUnderTest()
        try await end(test, 3)
        _ = try await test.store.prune(kind: "test.work", Retention(age: .zero, count: 0))
        #expect(try await test.submit().seq == 4)
    }

    @Test("keeps a job whose idempotency key lives")
    func keys() async throws {
        let test = try await StoreUnderTest()
        try await test.submit(idempotency: IdempotencyKey(scope: "s", key: "k", bodyDigest: Array(repeating: 0, count: 32)))
        let claimed = try #require(try await test.claim().first)
        try await test.store.advance(claimed.claim, .finished)
        try await test.submit()
        #expect(try await test.store.prune(kind: "test.work", Retention(age: .zero, count: 0)) == 0)
    }
}
