// SPDX-License-Identifier: Apache-2.0
import JSON
import Testing
import Time
import Warehouse

@testable import Onboarding

@Suite("A dry-run of an id that is taken")
struct TenantExistenceTests {
    private static func check(_ tenantID: String, at site: Site) async throws -> CheckResult {
        let report = await site.dryRun().run(try DryRunRequest(body(["tenant_id": "\"\(tenantID)\""])))
        #expect(report.readyForOnboarding == (report.validationResults[5].status == .passed))
        return report.validationResults[5]
    }

    @Test("by a dataset that belongs to no tenant is refused, naming the dataset")
    func orphan() async throws {
        try await Site.with { site in
            try site.makeOrphan("rama_2x333")
            for written in ["rama_2x333", "RAMA_2X333"] {
                let check = try await Self.check(written, at: site)
                #expect(check.status == .failed && check.error == "tenant_exists")
                #expect(check.details["found"] == .string("orphan_dataset") && check.message.contains("rama_2x333"))
                #expect(check.details["dataset"] == .string("rama_2x333"))
                #expect(check.message.contains("bears no mark of ownership"))
            }
            #expect(try await Self.check("rama_2x334", at: site).status == .passed)
        }
    }

    @Test("by a dataset of a job that is gone is refused, naming the job")
    func strangeJob() async throws {
        try await Site.with { site in
            try await site.makeDataset("Acme_Corp")
            let check = try await Self.check("acme_corp", at: site)
            #expect(check.status == .failed && check.details["found"] == .string("orphan_dataset"))
            #expect(check.details["dataset"] == .string("Acme_Corp") && check.details["owner_job_id"] == .string(Site.strangeJob))
            let asking = AskingJob(id: site.store.drawJobID().text, plan: try site.plans.plan(named: "STARTER"), profileCreatedAt: nil)
            let other = await site.dryRun().run(try DryRunRequest(body()), for: asking)
            #expect(other.validationResults[5].status == .failed)
        }
    }

    @Test("by a profile in another case is refused, naming the way to take it over", arguments: ["ACTIVE", "SUSPENDED", "PROVISIONING"])
    func profile(status: String) async throws {
        try await Site.with { site in
            try await site.insertProfile("Acme_Corp", status: status)
            let check = try await Self.check("aCME_corp", at: site)
            #expect(check.status == .failed && check.error == "tenant_exists" && check.details["found"] == .string("profile"))
            #expect(check.details["tenant_id"] == .string("Acme_Corp") && check.message.contains("reconcile --adopt"))
        }
    }

    @Test("by a tenant that has left is free")
    func deleted() async throws {
        try await Site.with { site in
            try await site.insertProfile("acme_corp", status: "DELETED")
            #expect(try await Self.check("acme_corp", at: site).status == .passed)
        }
    }

    @Test("by a tenant of the store, in whatever case, is refused with that tenant's status")
    func tenant() async throws {
        try await Site.with { site in
            _ = try await site.work(on: "Acme_Corp", upTo: "reserve_tenant")
            try site.changeCentral("DELETE FROM tenant_profiles")
            let check = try await Self.check("acme_corp", at: site)
            #expect(check.status == .failed && check.error == "tenant_exists" && check.details["found"] == .string("tenant"))
            #expect(check.details["tenant_id"] == .string("Acme_Corp") && check.details["status"] == .string("PROVISIONING"))
        }
    }

    @Test("by the job itself that asks is free for it, and for no other")
    func ownTraces() async throws {
        try await Site.with { site in
            let work = try await site.work(on: "acme_corp", upTo: "create_dataset")
            let request = try DryRunRequest(body())
            let plan = work.input.plan
            func status(_ job: String, _ time: WallTime?) async -> CheckStatus {
                await site.dryRun().run(request, for: AskingJob(id: job, plan: plan, profileCreatedAt: time)).validationResults[5].status
            }
            #expect(await status(work.id.text, site.clock.wall) == .passed)
            #expect(await status(work.id.text, site.clock.wall + .milliseconds(1)) == .failed)
            #expect(await status(work.id.text, nil) == .failed)
            #expect(await status(Site.strangeJob, site.clock.wall) == .failed)
        }
    }

    @Test("is no reason to ask for a plan that has changed since")
    func submittedPlan() async throws {
        try await Site.with { site in
            let gone = Plan(name: "GOLD", dailyLimit: 1, monthlyLimit: 2, concurrentLimit: 3)
            let asking = AskingJob(id: Site.strangeJob, plan: gone, profileCreatedAt: nil)
            let report = await site.dryRun().run(try DryRunRequest(body(["subscription_plan": #""GOLD""#])), for: asking)
            #expect(report.readyForOnboarding && report.validationResults[4].details["daily_limit"] == .integer(1))
        }
    }
}
