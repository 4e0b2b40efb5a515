// SPDX-License-Identifier: Apache-2.0
import JobQueue
import SQLite
import Testing
import TestSupport
import Time

@Suite("A claim")
struct ClaimTests {
    @Test("is given to one of many workers, and its fencing token grows with each claim")
    func once() async throws {
        let test = try await StoreUnderTest()
        for _ in 0..<50 { try await test.submit() }
        let claimed = try await withThrowingTaskGroup(of: [JobID].self) { group in
            for _ in 0..<20 { group.addTask { try await test.claim(5).map(\.claim.id) } }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        #expect(claimed.count == 50)
        #expect(Set(claimed).count == 50)
    }

    @Test("that was lost records nothing")
    func stale() async throws {
        let test = try await StoreUnderTest(limits: .init(lease: .seconds(30)))
        let job = try await test.submit()
        let old = try #require(try await test.claim().first)
        test.clock.pass(.seconds(31))
        _ = try await test.store.moveDue()
        let new = try #require(try await test.claim().first)
        #expect(new.claim.fence > old.claim.fence)
        await #expect(throws: StoreError.staleClaim(job.id)) { try await test.store.advance(old.claim, .finished) }
        #expect(try await test.store.renew([old.claim, new.claim]) == [old.claim])
        try await test.store.advance(new.claim, .finished)
        #expect(try await test.state(of: job.id) == .succeeded)
    }

    @Test("of a former daemon is void at once, without costing an attempt")
    func epoch() async throws {
        let test = try await StoreUnderTest()
        let job = try await test.submit()
        let old = try #require(try await test.claim().first)
        let next = try await test.reopened()
        #expect(next.store.identity.recoveredJobs == 1)
        let new = try #require(try await next.claim().first)
        #expect(new.job.id == job.id)
        #expect(new.job.attempt == 1)
        #expect(new.claim.fence == old.claim.fence + 1)
    }

    @Test("goes to the most urgent job, then to the earliest")
    func priority() async throws {
        let test = try await StoreUnderTest()
        let low = try await test.submit(priority: 1)
        let first = try await test.submit(priority: 7)
        let second = try await test.submit(priority: 7)
        #expect(try await test.claim(3).map(\.claim.id) == [first.id, second.id, low.id])
    }

    @Test("is fair: one submitter's hundred jobs don't hold up another's one")
    func fairness() async throws {
        let test = try await StoreUnderTest()
        for _ in 0..<100 { try await test.submit(submitter: "busy") }
        let one = try await test.submit(submitter: "quiet")
        #expect(try await test.claim(2).map(\.claim.id).contains(one.id))
    }

    @Test("is fair after a restart too")
    func fairnessSurvives() async throws {
        let test = try await StoreUnderTest()
        for _ in 0..<10 { try await test.submit(submitter: "busy") }
        let next = try await test.reopened()
        try await next.submit(submitter: "busy")
        let one = try await next.submit(submitter: "quiet")
        #expect(try await next.claim(2).map(\.claim.id).contains(one.id))
    }

    @Test("goes to the oldest ready job every eighth time, so that nothing waits for ever")
    func ageing() async throws {
        let test = try await StoreUnderTest()
        let old = try await test.submit(priority: 0)
        for _ in 0..<20 { try await test.submit(priority: 9) }
        #expect(try await test.claim(7).map(\.claim.id).contains(old.id) == false)
        #expect(try await test.claim(1).map(\.claim.id) == [old.id])
    }

    @Test("waits while the queue is paused, also after a restart; undo goes on")
    func pause() async throws {
        let test = try await StoreUnderTest()
        let job = try await test.submit("acme")
        let claimed = try #require(try await test.claim().first)
        try await test.store.advance(claimed.claim, .job([.failedForGood], .handedBack))
        try await test.submit()
        try await test.store.setPaused(true)
        let next = try await test.reopened()
        #expect(try await next.claim(5).map(\.claim.id) == [job.id])
        try await next.store.setPaused(false)
        #expect(try await next.claim(5).count == 1)
    }

    @Test("never takes more of a kind than there is room for")
    func rooms() async throws {
        let test = try await StoreUnderTest()
        for kind in ["a", "b"] { for _ in 0..<5 { try await test.submit(kind: kind) } }
        let claimed = try await test.store.claim(Room(byKind: ["a": 1, "b": 4], total: 4)) { _ in
            Beginning(advance: nil, work: { _ in })
        }.map(\.0.job.kind)
        #expect(claimed.sorted() == ["a", "b", "b", "b"])
    }

    @Test("of a kind that nobody registered is not made: the job waits")
    func unknownKind() async throws {
        let test = try await StoreUnderTest()
        let job = try await test.submit(kind: "pipeline.run")
        #expect(try await test.claim(5).isEmpty)
        #expect(try await test.state(of: job.id) == .queued)
    }

    @Test("reads by index, and sorts nothing")
    func plans() async throws {
        let test = try await StoreUnderTest()
        let plans = try await test.store.read { connection in
            try JobStore.hotStatements.map { (name: $0.name, plan: try connection.queryPlan(of: $0.sql)) }
        }
        for (name, plan) in plans {
            #expect(!plan.contains { $0.contains("SCAN") && !$0.contains("USING") || $0.contains("TEMP B-TREE") }, "\(name): \(plan)")
        }
    }
}

@Suite("A job that comes back")
struct ComebackTests {
    @Test("doesn't push another submitter's job behind the rest of its own submitter's")
    func fairness() async throws {
        let test = try await StoreUnderTest()
        for _ in 0..<50 { try await test.submit(submitter: "busy") }
        let first = try #require(try await test.claim().first)
        try await test.store.advance(first.claim, .job([.handedBack], .handedBack))
        // The eighth claim takes the one that came back: the oldest, whose turn is the last.
        #expect(try await test.claim(8).map(\.claim.id).contains(first.claim.id))
        let one = try await test.submit(submitter: "quiet")
        #expect(try await test.claim(2).map(\.claim.id).contains(one.id))
    }

    @Test("and was cancelled rolls back after a restart, also while the queue is paused")
    func cancelled() async throws {
        let test = try await StoreUnderTest()
        let job = try await test.submit("acme")
        let claimed = try #require(try await test.claim().first)
        var step = StepRecord(name: "a")
        (step.state, step.begun, step.drawn) = (.running, 1, "{}")
        var begins = Advance.job([], .held)
        begins.steps = [step]
        try await test.store.advance(claimed.claim, begins)
        try await test.store.cancel(job.id)
        try await test.store.setPaused(true)
        let next = try await test.reopened()
        #expect(try await next.state(of: job.id) == .rollingBack)
        #expect(try await next.claim().map(\.claim.id) == [job.id])
    }

    @Test("by a retry is refused while another job's leftovers hold the subject")
    func leftovers() async throws {
        let test = try await StoreUnderTest()
        let clean = try await test.submit("acme")
        try await fail(test, leftovers: nil)
        let dirty = try await test.submit("acme")
        try await fail(test, leftovers: "[]")
        await #expect(throws: SubmissionRefusal.leftovers(dirty.id)) {
            try await test.store.retry(clean.id, alwaysAgain: [])
        }
        #expect(try await test.store.retry(dirty.id, alwaysAgain: []).id == dirty.id)
    }

    private func fail(_ test: StoreUnderTest, leftovers: String?) async throws {
        let claimed = try #require(try await test.claim().first)
        var advance = Advance.job([.failedForGood, .undone], .ended)
        advance.leftovers = leftovers
        try await test.store.advance(claimed.claim, advance)
    }
}
