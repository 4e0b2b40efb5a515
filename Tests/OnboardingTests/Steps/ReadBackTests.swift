// SPDX-License-Identifier: Apache-2.0
import JobQueue
import Testing
import Warehouse
import Workflow

@testable import Onboarding

@Suite("The activation of a tenant")
struct ReadBackTests {
    /// What somebody took away, and how.
    static let losses: [(thing: String, script: String)] = [
        ("tenant_profiles", "DELETE FROM tenant_profiles"),
        ("tenant_subscriptions", "UPDATE tenant_subscriptions SET daily_limit = 1000"),
        ("tenant_usage_quotas", "UPDATE tenant_usage_quotas SET monthly_limit = NULL"),
        ("tenant_api_keys", "UPDATE tenant_api_keys SET encrypted_api_key = NULL"),
    ]

    @Test("is refused while a row is not there as it was made, and names it", arguments: losses)
    func row(thing: String, script: String) async throws {
        try await Site.with { site in
            let trial = try await StepTrial(of: ActivateTenant.name, on: "acme_corp", at: site)
            try site.changeCentral(script)
            try await Self.expectRefusal(trial, naming: thing)
        }
    }

    @Test("is refused without the dataset, and names all that went with it")
    func dataset() async throws {
        try await Site.with { site in
            let trial = try await StepTrial(of: ActivateTenant.name, on: "acme_corp", at: site)
            try await site.warehouse.dropDataset(CreateDataset.claim(of: trial.job), until: site.soon)
            try await Self.expectRefusal(trial, naming: "dataset, onboarding_validation_test, tenant_comprehensive_view")
        }
    }

    @Test("is refused without the reservation in the store")
    func reservation() async throws {
        try await Site.with { site in
            let trial = try await StepTrial(of: ActivateTenant.name, on: "acme_corp", at: site)
            try await site.store.change { try TenantStore.release(trial.job.input.tenantID, of: trial.job.id)($0) }
            try await Self.expectRefusal(trial, naming: "reservation")
        }
    }

    @Test("makes the tenant ACTIVE in store and warehouse, and releases its key")
    func activates() async throws {
        try await Site.with { site in
            let trial = try await StepTrial(of: ActivateTenant.name, on: "acme_corp", at: site)
            #expect(try await site.tenants.liveTenant("acme_corp")?.status == .provisioning)
            #expect(try await trial.run().releasesSecret)
            let tenant = try #require(try await site.tenants.liveTenant("ACME_corp"))
            #expect(tenant.status == .active && tenant.activatedAt == site.clock.wall && tenant.submitter == "tester")
            let profiles = try await site.warehouse.rows(in: CentralSchema.profiles, of: "acme_corp", until: site.soon)
            #expect(profiles.map { $0["status"] } == [.string("ACTIVE")])
            #expect(profiles.map { $0["updated_at"] } == [.timestamp(site.clock.wall)])
        }
    }

    private static func expectRefusal(_ trial: StepTrial, naming thing: String) async throws {
        let error = await #expect(throws: StepError.self) { try await trial.run() }
        #expect(error?.code == "incomplete" && error?.retry == .withBackoff)
        #expect(error?.message.hasPrefix("not there as it was made: \(thing);") == true, "\(error?.message ?? "")")
        #expect(try await trial.site.tenants.liveTenant("acme_corp")?.status != .active)
    }
}
