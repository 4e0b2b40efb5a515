// SPDX-License-Identifier: Apache-2.0
import SQLite
import Testing
import Time

@testable import Onboarding
@testable import Workflow

/// One step of a job whose former steps are done, with its values drawn: to be run and undone as often as a test likes.
struct StepTrial: Sendable {
    let site: Site
    let job: OnboardingFacts
    private let step: StepDefinition<OnboardInput>
    private let drawn: String

    /// - Parameter tenantID: of a job of its own.
    init(of name: String, on tenantID: String, at site: Site) async throws {
        let place = try #require(site.workflow.steps.firstIndex { $0.name == name })
        let work = place == 0
            ? try await site.begin(tenantID) : try await site.work(on: tenantID, upTo: site.workflow.steps[place - 1].name)
        self.site = site
        step = site.workflow.steps[place]
        let former = site.facts(of: work)
        site.clock.pass(.seconds(1))
        drawn = try step.draw(former, Chance(now: site.clock.wall, random: .system)).values
        var all = work.drawn
        all[name] = drawn
        job = JobFacts(
            id: former.id, submitter: former.submitter, createdAt: former.createdAt, input: former.input, drawn: all,
            outputs: former.outputs)
    }

    /// With what belongs to it in the store.
    @discardableResult
    func run() async throws -> StepResult {
        let result = try await step.run(attempt, drawn)
        try await site.store.change { connection in for effect in result.effects { try effect(connection) } }
        return result
    }

    func undo() async throws {
        let effects = try await step.undo(attempt, drawn)
        try await site.store.change { connection in for effect in effects { try effect(connection) } }
    }

    private var attempt: OnboardingAttempt { StepAttempt(job: job, number: 1, deadline: site.soon) }
}

extension Site {
    /// All that onboardings leave: the warehouse, and the tenants in the store. Without the jobs themselves.
    func traces() throws -> [String: [[Value]]] {
        try contents().filter { $0.key.hasPrefix("warehouse/") || $0.key.hasPrefix("jobs.sqlite tenant") }
    }

    /// A tenant that has nothing to do with what a test looks at.
    func onboardNeighbour() async throws {
        try await succeed(work(on: "neighbour", upTo: VerifyPipeline.name))
    }
}
