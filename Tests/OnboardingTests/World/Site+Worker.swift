// SPDX-License-Identifier: Apache-2.0
import Cryptography
import JobQueue
import Testing
import Time

@testable import Onboarding
@testable import Workflow

/// The test plays the worker: it runs steps of a job one by one, and ends it where it likes.
extension Site {
    func submit(_ tenantID: String) async throws -> JobID {
        let request = try OnboardRequest(body(["tenant_id": "\"\(tenantID)\""]), plans: plans)
        return try await store.submit(
            request.job(submitter: "tester", outline: workflow.outline), admission: tenants.admission(of: request.tenantID)).id
    }

    /// Submits an onboarding and claims it: no step has begun.
    func begin(_ tenantID: String) async throws -> WorkInHand {
        let id = try await submit(tenantID)
        let claimed = try await store.claim(Room(byKind: [workflow.kind: 1], total: 1)) { _ in
            Beginning(advance: nil, work: { _ in })
        }
        let job = try #require(claimed.first?.0)
        try #require(job.job.id == id)
        return WorkInHand(id: id, claim: job.claim, input: try workflow.decode(job.job.input))
    }

    /// Submits an onboarding and works on it up to `last`, after which it is still in work.
    func work(on tenantID: String, upTo last: String) async throws -> WorkInHand {
        var work = try await begin(tenantID)
        let end = try #require(workflow.steps.firstIndex { $0.name == last })
        for step in workflow.steps[...end] { try await run(step, in: &work) }
        return work
    }

    private func run(_ step: StepDefinition<OnboardInput>, in work: inout WorkInHand) async throws {
        let facts = facts(of: work)
        let draw = try step.draw(facts, Chance(now: clock.wall, random: .system))
        let result = try await step.run(StepAttempt(job: facts, number: 1, deadline: soon), draw.values)
        work.drawn[step.name] = draw.values
        work.outputs[step.name] = result.output
        var record = StepRecord(name: step.name)
        record.state = .succeeded
        record.begun = work.drawn.count
        record.drawn = draw.values
        record.output = result.output
        try await advance(work) { advance in
            advance.steps = [record]
            advance.effects = result.effects
            advance.secret = draw.secret
            advance.releasesSecret = result.releasesSecret
        }
    }

    func facts(of work: WorkInHand) -> OnboardingFacts {
        JobFacts(
            id: work.id, submitter: "tester", createdAt: clock.wall, input: work.input, drawn: work.drawn, outputs: work.outputs)
    }

    /// Ends it as failed, without an undo: all that it made is still there.
    func abandon(_ work: WorkInHand, leftovers: String? = nil) async throws {
        try await advance(work) { advance in
            advance.moves = [.failedForGood, .undone]
            advance.fate = .ended
            advance.leftovers = leftovers
        }
    }

    func succeed(_ work: WorkInHand) async throws {
        try await advance(work) { advance in
            advance.moves = [.finished]
            advance.fate = .ended
            advance.passesPoint = true
        }
    }

    private func advance(_ work: WorkInHand, _ change: (inout Advance) -> Void) async throws {
        var advance = Advance(done: work.drawn.count, total: workflow.steps.count, maxAttempts: 5, knownCancel: false)
        change(&advance)
        try await store.advance(work.claim, advance)
    }
}

/// A job that the test works on.
struct WorkInHand: Sendable {
    let id: JobID
    let claim: Claim
    let input: OnboardInput
    var drawn: [String: String] = [:]
    var outputs: [String: String] = [:]
}
