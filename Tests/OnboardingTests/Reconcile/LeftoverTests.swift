// SPDX-License-Identifier: Apache-2.0
import JobQueue
import Testing

@testable import Onboarding

@Suite("A reconciliation")
struct LeftoverTests {
    @Test("of a store and a warehouse that agree finds nothing, and changes nothing")
    func clean() async throws {
        try await Site.with { site in
            let work = try await site.work(on: "acme_corp", upTo: "activate_tenant")
            try await site.succeed(work)
            let before = try site.contents()
            #expect(try await site.reconcile().isClean)
            #expect(try await site.reconcile([.adopt, .fix]).isClean)
            #expect(try site.contents() == before)
        }
    }

    @Test("lists what each side lacks, and changes nothing without an action")
    func lists() async throws {
        try await Site.with { site in
            try site.makeOrphan("rama_2x333")
            try await site.makeDataset("Lost_One")
            let whole = try await site.work(on: "whole_corp", upTo: "activate_tenant")
            try await site.succeed(whole)
            _ = try await site.warehouse.dropDataset(
                .init(tenantID: "whole_corp", jobID: whole.id.text, createdAt: site.clock.wall), until: site.soon)
            let dead = try await site.work(on: "dead_corp", upTo: "create_usage_quota")
            try await site.abandon(dead)
            let inWork = try await site.work(on: "busy_corp", upTo: "create_dataset")
            let before = try site.contents()

            let report = try await site.reconcile()
            #expect(report.datasetsWithoutTenant.map(\.dataset) == ["Lost_One", "rama_2x333"])
            #expect(report.datasetsWithoutTenant.map(\.jobID) == [Site.strangeJob, nil])
            #expect(report.tenantsWithoutDataset.map(\.tenantID) == ["whole_corp"])
            #expect(report.tenantsWithoutDataset.map(\.status) == [.active])
            #expect(report.provisioningWithoutJob.map(\.tenantID) == ["dead_corp"])
            #expect(report.provisioningWithoutJob.map(\.jobID) == [dead.id.text])
            #expect(report.profilesOnlyInWarehouse == [] && report.leftovers == [] && !report.isClean)
            #expect(try site.contents() == before)
            try await site.abandon(inWork)
        }
    }

    @Test("clears, when it is told to, all that an ended job left, and its id is free", arguments: [
        "reserve_tenant", "create_subscription", "create_usage_quota", "create_dataset", "create_comprehensive_view", "issue_api_key",
    ])
    func clears(last: String) async throws {
        try await Site.with { site in
            let untouched = try await site.work(on: "other_corp", upTo: "issue_api_key")
            let rows = try await site.rowCount(of: "other_corp")
            let ended = try await site.work(on: "Acme_Corp", upTo: last)
            try await site.abandon(ended, leftovers: #"[{"code":"unavailable","message":"down","step":"\#(last)"}]"#)
            await #expect(throws: SubmissionRefusal.self) { _ = try await site.store.submit(Self.second(site)) }
            let before = try site.contents()

            #expect(try await site.reconcile().leftovers.map(\.jobID) == [ended.id.text])
            #expect(try await site.reconcile([.adopt]).leftovers.map(\.cleared) == [false])
            #expect(try site.contents() == before)
            let report = try await site.reconcile([.fix])
            #expect(report.leftovers.map(\.cleared) == [true] && report.leftovers.map(\.problem) == [nil] && report.isClean)
            #expect(try await site.rowCount(of: "acme_corp") == 0)
            #expect(try await site.warehouse.dataset(of: "acme_corp", until: site.soon) == .absent(id: "acme_corp"))
            #expect(try await site.tenants.tenant("acme_corp") == nil)
            #expect(try await site.rowCount(of: "other_corp") == rows)
            try await site.abandon(untouched)
            try await site.succeed(site.work(on: "acme_corp", upTo: "activate_tenant"))
        }
    }

    @Test("clears a tenant that nobody makes any more, and its id is free")
    func provisioning() async throws {
        try await Site.with { site in
            try await site.abandon(site.work(on: "acme_corp", upTo: "issue_api_key"))
            #expect(try await site.reconcile([.fix]).provisioningWithoutJob.map(\.cleared) == [true])
            #expect(try await site.reconcile().isClean)
            #expect(try await site.rowCount(of: "acme_corp") == 0)
            try await site.succeed(site.work(on: "ACME_corp", upTo: "activate_tenant"))
        }
    }

    @Test("clears what landed after its job's undo", arguments: [true, false])
    func landedLate(withProfile: Bool) async throws {
        try await Site.with { site in
            let ended = try await site.work(on: "acme_corp", upTo: "create_dataset")
            try await site.abandon(ended, leftovers: "[]")
            #expect(try await site.reconcile([.fix]).leftovers.map(\.cleared) == [true])
            try await site.makeDataset("acme_corp", job: ended.id.text)
            if withProfile { try await site.insertProfile("acme_corp", status: "PROVISIONING") }
            let report = try await site.reconcile([.fix])
            #expect(report.profilesOnlyInWarehouse.map(\.cleared) == (withProfile ? [true] : []))
            #expect(report.datasetsWithoutTenant.map(\.cleared) == (withProfile ? [] : [true]))
            #expect(report.isClean)
            #expect(try await site.warehouse.dataset(of: "acme_corp", until: site.soon) == .absent(id: "acme_corp"))
            #expect(try await site.rowCount(of: "acme_corp") == 0)
        }
    }

    @Test("that clears a profile still lists another's dataset of that name")
    func orphanBehindProfile() async throws {
        try await Site.with { site in
            let ended = try await site.work(on: "acme_corp", upTo: "reserve_tenant")
            try await site.abandon(ended, leftovers: "[]")
            #expect(try await site.reconcile([.fix]).isClean)
            try await site.insertProfile("acme_corp", status: "PROVISIONING")
            try site.makeOrphan("acme_corp")
            let report = try await site.reconcile([.fix])
            #expect(report.profilesOnlyInWarehouse.map(\.cleared) == [true])
            #expect(report.datasetsWithoutTenant.map(\.dataset) == ["acme_corp"] && !report.isClean)
        }
    }

    @Test("leaves alone a dataset that no record proves to be left over, and says why")
    func unproven() async throws {
        try await Site.with { site in
            try site.makeOrphan("rama_2x333")
            try await site.makeDataset("lost_one")
            let before = try site.contents()
            let report = try await site.reconcile([.fix, .adopt])
            #expect(report.datasetsWithoutTenant.map(\.cleared) == [false, false])
            #expect(report.datasetsWithoutTenant[0].problem?.contains("not on record any more") == true)
            #expect(report.datasetsWithoutTenant[1].problem?.contains("nothing says whose it is") == true)
            #expect(try site.contents() == before)
        }
    }

    @Test("keeps its hands off a job that is at work")
    func atWork() async throws {
        try await Site.with { site in
            let work = try await site.work(on: "acme_corp", upTo: "create_dataset")
            let before = try site.contents()
            #expect(try await site.reconcile([.fix, .adopt]).isClean)
            #expect(try site.contents() == before)
            try await site.abandon(work)
        }
    }

    private static func second(_ site: Site) throws -> NewJob {
        try OnboardRequest(body(["tenant_id": #""acme_corp""#]), plans: site.plans)
            .job(submitter: "tester", outline: site.workflow.outline)
    }
}
