// SPDX-License-Identifier: Apache-2.0
import Foundation
import JSON
import Testing
import Time

@testable import Onboarding
@testable import Workflow

@Suite("The onboarding")
struct OnboardingWorkflowTests {
    @Test("has the contract's steps, each after what it needs")
    func graph() async throws {
        try await Site.with { site in
            let after = Dictionary(uniqueKeysWithValues: site.workflow.steps.map { ($0.name, $0.dependsOn) })
            #expect(site.workflow.steps.map(\.name) == [
                "dryrun", "reserve_tenant", "create_subscription", "create_usage_quota", "create_dataset",
                "create_validation_table", "create_comprehensive_view", "issue_api_key", "activate_tenant", "verify_pipeline",
            ])
            #expect(after == [
                "dryrun": [], "reserve_tenant": ["dryrun"], "create_subscription": ["reserve_tenant"],
                "create_usage_quota": ["reserve_tenant"], "create_dataset": ["reserve_tenant"],
                "create_validation_table": ["create_dataset"], "create_comprehensive_view": ["create_dataset"],
                "issue_api_key": [
                    "create_subscription", "create_usage_quota", "create_validation_table", "create_comprehensive_view",
                ],
                "activate_tenant": ["issue_api_key"], "verify_pipeline": ["activate_tenant"],
            ])
        }
    }

    @Test("has one point of no return, one step that only warns, one that always runs again, and takes back all it makes before that")
    func rules() async throws {
        try await Site.with { site in
            func names(_ fits: (StepDefinition<OnboardInput>) -> Bool) -> [String] { site.workflow.steps.filter(fits).map(\.name) }
            #expect(names(\.isPointOfNoReturn) == ["activate_tenant"])
            #expect(names { $0.failure == .warns } == ["verify_pipeline"])
            #expect(names(\.runsAlwaysAgain) == ["dryrun"])
            #expect(names { !$0.canUndo } == ["dryrun", "verify_pipeline"])
            #expect(names { $0.phase == .dryrun } == ["dryrun"] && names { $0.phase == .verify } == ["verify_pipeline"])
            #expect(site.workflow.steps.allSatisfy { $0.service == "embedded" })
        }
    }

    @Test("answers in the seed system's shape, without the key")
    func result() async throws {
        try await Site.with { site in
            let work = try await site.work(on: "acme_corp", upTo: VerifyPipeline.name)
            let text = try site.workflow.result(site.facts(of: work), [])
            let result = try JSONDecoder().decode([String: JSONValue].self, from: Data(text.utf8))
            #expect(result == [
                "tenant_id": .string("acme_corp"), "subscription_plan": .string("PROFESSIONAL"), "dataset_created": .bool(true),
                "tables_created": .array([.string("onboarding_validation_test")]), "dryrun_status": .string("SUCCESS"),
                "message": .string("tenant acme_corp is onboarded"), "job_id": .string(work.id.text), "warnings": .array([]),
            ])
        }
    }

    @Test("is done although its trial run was cut off, and says FAILED")
    func cutOff() async throws {
        try await Site.with { site in
            let work = try await site.work(on: "acme_corp", upTo: ActivateTenant.name)
            let result = try OnboardingResult(of: site.facts(of: work), ["verify_pipeline: no answer"])
            #expect(result.dryRunStatus == .failed && result.warnings == ["verify_pipeline: no answer"])
        }
    }
}
