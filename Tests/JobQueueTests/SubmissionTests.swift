// SPDX-License-Identifier: Apache-2.0
import JobQueue
import SQLite
import Synchronization
import Testing
import TestSupport
import Time

@Suite("A submission")
struct SubmissionTests {
    @Test("is on disk once it is answered: the file is copied as a crash would leave it")
    func durable() async throws {
        let test = try await StoreUnderTest()
        let receipt = try await test.submit("acme")
        let copy = try Connection(path: test.folder.file("jobs.sqlite"), mode: .readOnly)
        #expect(try copy.first("SELECT state FROM job WHERE id = ?", receipt.id.text) { $0.text(0) } == "queued")
    }

    @Test("for a subject that is busy is refused, naming the job that has it")
    func busy() async throws {
        let test = try await StoreUnderTest()
        let first = try await test.submit("acme")
        await #expect(throws: SubmissionRefusal.subjectBusy(first.id)) { try await test.submit("ACME") }
    }

    @Test("of two for one subject at the same instant one is taken, a hundred times over")
    func race() async throws {
        let test = try await StoreUnderTest()
        for round in 0..<100 {
            async let left = Result(catching: { try await test.submit("tenant_\(round)") })
            async let right = Result(catching: { try await test.submit("tenant_\(round)") })
            let taken = await [left, right].filter { if case .success = $0 { true } else { false } }
            #expect(taken.count == 1)
        }
    }

    @Test("that is refused harms none that share its commit")
    func isolation() async throws {
        let test = try await StoreUnderTest()
        try await test.submit("taken")
        let outcomes = await withTaskGroup(of: Bool.self) { group in
            for index in 0..<200 {
                group.addTask { (try? await test.submit(index.isMultiple(of: 2) ? "taken" : "free_\(index)")) != nil }
            }
            return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
        }
        #expect(outcomes == 100)
        #expect(try await test.store.counts().map(\.count) == [101])
    }

    @Test("beyond the queue's depth is refused, and leaves nothing")
    func depth() async throws {
        let test = try await StoreUnderTest(limits: .init(queueDepth: 2))
        try await test.submit()
        try await test.submit()
        await #expect(throws: SubmissionRefusal.queueFull(limit: 2)) { try await test.submit() }
        #expect(try await test.store.jobs(JobFilter(), limit: 10).count == 2)
    }

    @Test("whose admission is refused leaves nothing")
    func admission() async throws {
        struct NotToday: Error {}
        let test = try await StoreUnderTest()
        let job = NewJob(kind: "test.work", subject: "a", subjectKey: "a", isExclusive: true, submitter: "s", input: "{}", stepCount: 1)
        await #expect(throws: NotToday.self) { try await test.store.submit(job) { _ in throw NotToday() } }
        #expect(try await test.store.counts().isEmpty)
    }

    @Test("after a job that left something behind is refused, naming that job")
    func leftovers() async throws {
        let test = try await StoreUnderTest()
        let former = try await test.submit("acme")
        let claimed = try #require(try await test.claim().first)
        var advance = Advance.job([.failedForGood, .undone], .ended)
        advance.leftovers = "[]"
        try await test.store.advance(claimed.claim, advance)
        await #expect(throws: SubmissionRefusal.leftovers(former.id)) { try await test.submit("acme") }
    }
}

@Suite("An idempotency key")
struct IdempotencyTests {
    private func key(_ body: UInt8 = 1, scope: String = "me POST /onboard") -> IdempotencyKey {
        IdempotencyKey(scope: scope, key: "k", bodyDigest: Array(repeating: body, count: 32))
    }

    @Test("gets the same job for the same body, also after a restart and before the tenant is looked at")
    func replay() async throws {
        let test = try await StoreUnderTest()
        let first = try await test.submit("acme", idempotency: key())
        let again = try await test.reopened().submit("acme", idempotency: key())
        #expect(again.id == first.id)
        #expect(again.isReplay)
    }

    @Test("with another body is refused")
    func otherBody() async throws {
        let test = try await StoreUnderTest()
        let first = try await test.submit(idempotency: key(1))
        await #expect(throws: SubmissionRefusal.idempotencyKeyReused(first.id)) { try await test.submit(idempotency: key(2)) }
    }

    @Test("of another scope is another key")
    func otherScope() async throws {
        let test = try await StoreUnderTest()
        let first = try await test.submit(idempotency: key(1))
        let second = try await test.submit(idempotency: key(1, scope: "you POST /onboard"))
        #expect(first.id != second.id)
    }

    @Test("is not kept where the submission was refused")
    func refused() async throws {
        let test = try await StoreUnderTest()
        let first = try await test.submit("acme")
        await #expect(throws: SubmissionRefusal.self) { try await test.submit("acme", idempotency: key(1)) }
        let claimed = try #require(try await test.claim().first)
        try await test.store.advance(claimed.claim, .finished)
        let second = try await test.submit("acme", idempotency: key(2))
        #expect(!second.isReplay && second.id != first.id)
    }

    @Test("is forgotten after 24 hours by both clocks, never by a clock that was set")
    func expiry() async throws {
        let test = try await StoreUnderTest()
        let first = try await test.submit(idempotency: key())
        test.clock.setWall(by: .seconds(48 * 3600))
        #expect(try await test.submit(idempotency: key()).id == first.id)
        test.clock.pass(.seconds(24 * 3600))
        #expect(try await test.submit(idempotency: key()).id != first.id)
    }
}

extension Result where Failure == any Error {
    init(catching body: () async throws -> Success) async {
        do { self = .success(try await body()) } catch { self = .failure(error) }
    }
}
