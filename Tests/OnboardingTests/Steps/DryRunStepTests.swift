// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing
import Warehouse

@testable import Onboarding
@testable import Workflow

/// Answers as it is told.
private struct SetCheck: Check {
    let name: String
    var severity = CheckSeverity.critical
    let error: WarehouseError?

    func run(_ subject: CheckSubject) async throws -> CheckFinding {
        if let error { throw error }
        return .passed("")
    }
}

@Suite("An onboarding's own dry-run")
struct DryRunStepTests {
    private static let unavailable = WarehouseError(.unavailable, "no answer", retry: .withBackoff)
    private static let tooMany = WarehouseError(.quotaExceeded, "too many requests", retry: .after(.seconds(1)))
    private static let denied = WarehouseError(.accessDenied, "no right to it", retry: .never)

    private static func run(_ checks: [any Check], at site: Site) async throws -> StepResult {
        let dryRun = DryRun(
            tenants: site.tenants, warehouse: site.warehouse, plans: { [plans = site.plans] in plans },
            pipeline: PipelineConfig.builtIn, time: site.clock.source, checks: checks)
        let step = DryRunStep(
            OnboardingEnvironment(
                warehouse: site.warehouse, tenants: site.tenants, dryRun: dryRun, key: site.key, policies: .init(),
                time: site.clock.source))
        let work = try await site.begin("acme_corp")
        return try await step.run(StepAttempt(job: site.facts(of: work), number: 1, deadline: site.soon), Nothing())
    }

    private static let causes: [(errors: [WarehouseError], retry: StepError.Retry, isOutage: Bool)] = [
        ([unavailable], .withBackoff, true),
        ([tooMany], .withBackoff, false),
        ([unavailable, tooMany], .withBackoff, true),
        ([denied], .never, false),
        ([unavailable, denied], .never, false),
    ]

    @Test("is tried again only if all that failed may pass by itself", arguments: causes.indices)
    func retry(place: Int) async throws {
        try await Site.with { site in
            let cause = Self.causes[place]
            let checks = cause.errors.enumerated().map { SetCheck(name: "check_\($0)", error: $1) }
            let error = await #expect(throws: StepError.self) { _ = try await Self.run(checks, at: site) }
            #expect(error?.code == "dryrun_failed" && error?.retry == cause.retry && error?.isOutage == cause.isOutage)
        }
    }

    @Test("goes on where only an advisory check fails")
    func advisory() async throws {
        try await Site.with { site in
            let checks = [SetCheck(name: "advice", severity: .advisory, error: Self.denied), SetCheck(name: "other", error: nil)]
            let output = try #require(try await Self.run(checks, at: site).output)
            let report = try JSONDecoder().decode(DryRunReport.self, from: Data(output.utf8))
            #expect(report.readyForOnboarding && report.validationSummary.failed == 1)
        }
    }

    @Test("of an id that is taken says so by its code, with the report beside it")
    func exists() async throws {
        try await Site.with { site in
            let trial = try await StepTrial(of: DryRunStep.name, on: "rama_2x333", at: site)
            try site.makeOrphan("rama_2x333")
            let error = await #expect(throws: StepError.self) { try await trial.run() }
            #expect(error?.code == "tenant_exists" && error?.retry == .never && error?.isOutage == false)
            #expect(error?.message.contains("rama_2x333") == true)
            let report = try JSONDecoder().decode(DryRunReport.self, from: Data((error?.output ?? "").utf8))
            #expect(report.jobID == trial.job.id.text && report.validationResults.count == 8 && !report.readyForOnboarding)
        }
    }

    @Test("before the first bootstrap fails for good, naming the command")
    func notBootstrapped() async throws {
        try await Site.with(instance: "") { site in
            let trial = try await StepTrial(of: DryRunStep.name, on: "acme_corp", at: site)
            let error = await #expect(throws: StepError.self) { try await trial.run() }
            #expect(error?.code == "dryrun_failed" && error?.retry == .never)
            #expect(error?.message.contains("onboardd bootstrap") == true)
        }
    }

    @Test("does not hold against its job what that job made itself", arguments: ["reserve_tenant", "create_dataset", "issue_api_key"])
    func own(last: String) async throws {
        try await Site.with { site in
            let work = try await site.work(on: "acme_corp", upTo: last)
            let step = try #require(site.workflow.steps.first)
            let facts = site.facts(of: work)
            _ = try await step.run(StepAttempt(job: facts, number: 2, deadline: site.soon), "{}")
        }
    }
}
