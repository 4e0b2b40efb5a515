// SPDX-License-Identifier: Apache-2.0
import JobQueue
import SQLite
import Testing
import Time

@Suite("A job's secret")
struct SecretTests {
    private let sealed: [UInt8] = [1, 2, 3]

    /// A job whose step drew a secret; `released` says whether it may be shown.
    private func jobWithSecret(_ test: StoreUnderTest, released: Bool) async throws -> Receipt {
        let job = try await test.submit("acme")
        let claimed = try #require(try await test.claim().first)
        var step = StepRecord(name: "issue_key")
        step.state = .running
        step.drawn = #"{"copy":"sealed"}"#
        var begins = Advance.job([], .held)
        begins.steps = [step]
        begins.secret = sealed
        try await test.store.advance(claimed.claim, begins)
        step.state = .succeeded
        var ends = Advance.job([.finished], .ended)
        ends.steps = [step]
        ends.releasesSecret = released
        try await test.store.advance(claimed.claim, ends)
        return job
    }

    @Test("is shown once, of two at the same instant to one")
    func once() async throws {
        let test = try await StoreUnderTest()
        let job = try await jobWithSecret(test, released: true)
        async let left = test.store.showSecret(of: job.seq, to: "left")
        async let right = test.store.showSecret(of: job.seq, to: "right")
        let shown = try await [left, right].filter { $0 == .shown(sealed: sealed) }
        #expect(shown.count == 1)
        #expect(try await test.store.showSecret(of: job.seq, to: "late") == .shownBefore(at: test.clock.wall))
    }

    @Test("is not shown before its release")
    func early() async throws {
        let test = try await StoreUnderTest()
        let job = try await jobWithSecret(test, released: false)
        #expect(try await test.store.showSecret(of: job.seq, to: "me") == .notYet)
    }

    @Test("can be shown again where it was put back")
    func putBack() async throws {
        let test = try await StoreUnderTest()
        let job = try await jobWithSecret(test, released: true)
        _ = try await test.store.showSecret(of: job.seq, to: "me")
        try await test.store.putSecretBack(of: job.seq, sealed: sealed)
        #expect(try await test.store.showSecret(of: job.seq, to: "me") == .shown(sealed: sealed))
    }

    @Test("is gone 24 hours after its release by both clocks, never by a clock that was set")
    func expiry() async throws {
        let test = try await StoreUnderTest()
        let job = try await jobWithSecret(test, released: true)
        test.clock.setWall(by: .seconds(48 * 3600))
        #expect(try await test.store.expireSecrets() == 0)
        test.clock.pass(.seconds(24 * 3600))
        #expect(try await test.store.expireSecrets() == 1)
        #expect(try await test.store.showSecret(of: job.seq, to: "me") == .expired)
    }

    @Test("is expired on time also where nobody has tidied up yet")
    func expiryAtALook() async throws {
        let test = try await StoreUnderTest()
        let job = try await jobWithSecret(test, released: true)
        test.clock.pass(.seconds(24 * 3600))
        #expect(try await test.store.showSecret(of: job.seq, to: "me") == .expired)
    }

    @Test("leaves no copy in what its step drew, once it is released")
    func copies() async throws {
        let test = try await StoreUnderTest()
        _ = try await jobWithSecret(test, released: true)
        let drawn = try await test.store.read { try $0.all("SELECT drawn FROM step") { $0.optionalText(0) } }
        #expect(drawn == [nil])
    }

    @Test("keeps its job from being pruned while it is unread")
    func pruning() async throws {
        let test = try await StoreUnderTest()
        let job = try await jobWithSecret(test, released: true)
        try await test.submit()
        let nothing = Retention(age: .zero, count: 0)
        #expect(try await test.store.prune(kind: "test.work", nothing) == 0)
        _ = try await test.store.showSecret(of: job.seq, to: "me")
        #expect(try await test.store.prune(kind: "test.work", nothing) == 1)
    }
}
