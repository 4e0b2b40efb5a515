// SPDX-License-Identifier: Apache-2.0
import JobQueue
import SQLite
import Testing
import Time

@testable import Onboarding

@Suite("The store of tenants")
struct TenantStoreTests {
    private static func tenant(
        _ id: String, _ status: TenantStatus = .active, submitter: String? = nil, job: JobID? = nil
    ) -> Tenant {
        let time = WallTime(milliseconds: 1_790_000_000_000)
        return Tenant(
            seq: 0, tenantID: id, companyName: "Acme", adminEmail: "admin@acme.com", status: status,
            plan: Plan(name: "STARTER", dailyLimit: 6, monthlyLimit: 180, concurrentLimit: 3), trialEndDate: nil, dataset: id,
            jobID: job?.text, submitter: submitter, createdAt: time,
            activatedAt: status == .provisioning ? nil : time, updatedAt: time)
    }

    private static func put(_ tenants: [Tenant], into site: Site) async throws {
        try await site.store.change { connection in for tenant in tenants { try TenantStore.insert(tenant, connection) } }
    }

    @Test("lists by pages, newest first, each tenant once, while others come")
    func pages() async throws {
        try await Site.with { site in
            try await Self.put((1...5).map { Self.tenant("tenant_\($0)") }, into: site)
            var listed: [String] = [], filter = TenantFilter()
            while case let page = try await site.tenants.tenants(filter, limit: 2), let last = page.last {
                listed += page.map(\.tenantID)
                filter.before = last.seq
                try await Self.put([Self.tenant("later_\(listed.count)")], into: site)
            }
            #expect(listed == ["tenant_5", "tenant_4", "tenant_3", "tenant_2", "tenant_1"])
        }
    }

    @Test("lists those of a status, of a submitter, and of both")
    func filters() async throws {
        try await Site.with { site in
            let job = site.store.drawJobID()
            try await Self.put(
                [
                    Self.tenant("adopted"), Self.tenant("mine", submitter: "ci", job: job),
                    Self.tenant("coming", .provisioning, submitter: "ci", job: job),
                    Self.tenant("theirs", submitter: "ops", job: job), Self.tenant("gone", .deleted, submitter: "ci", job: job),
                ], into: site)
            func ids(_ filter: TenantFilter) async throws -> [String] {
                try await site.tenants.tenants(filter, limit: 10).map(\.tenantID)
            }
            #expect(try await ids(TenantFilter(status: .active)) == ["theirs", "mine", "adopted"])
            #expect(try await ids(TenantFilter(submitter: "ci")) == ["gone", "coming", "mine"])
            #expect(try await ids(TenantFilter(status: .active, submitter: "ci")) == ["mine"])
            #expect(try await ids(TenantFilter(submitter: "nobody")) == [])
        }
    }

    @Test("finds the live tenant of an id, and the last one that was where none is")
    func history() async throws {
        try await Site.with { site in
            try await Self.put([Self.tenant("Acme_Corp", .deleted), Self.tenant("acme_CORP", .deleted)], into: site)
            #expect(try await site.tenants.tenant("acme_corp")?.tenantID == "acme_CORP")
            #expect(try await site.tenants.liveTenant("acme_corp") == nil)
            try await Self.put([Self.tenant("ACME_corp"), Self.tenant("acme_corp")], into: site)
            #expect(try await site.tenants.tenant("acme_corp")?.tenantID == "ACME_corp")
            #expect(try await site.tenants.liveTenant("Acme_Corp")?.tenantID == "ACME_corp")
        }
    }

    @Test("refuses to onboard a tenant that is there, in whatever case, and takes one that has left")
    func admission() async throws {
        try await Site.with { site in
            try await Self.put([Self.tenant("Acme_Corp"), Self.tenant("left", .deleted)], into: site)
            await #expect(throws: TenantRefusal.exists(tenantID: "Acme_Corp")) { try await site.submit("aCME_cORP") }
            _ = try await site.submit("Left")
        }
    }

    @Test("refuses to onboard a tenant behind which a reconciliation clears up, until that is done")
    func held() async throws {
        try await Site.with { site in
            _ = try await site.tenants.holding("acme_corp") {
                await #expect(throws: TenantRefusal.beingReconciled(tenantID: "Acme_Corp")) { try await site.submit("Acme_Corp") }
                let second: Bool? = try await site.tenants.holding("acme_corp") { true }
                #expect(second == nil)
            }
            _ = try await site.submit("Acme_Corp")
        }
    }

    @Test("changes a tenant for the job that made it, and for no other")
    func effects() async throws {
        try await Site.with { site in
            let id = try TenantID("acme_corp"), own = site.store.drawJobID(), other = site.store.drawJobID()
            try await Self.put([Self.tenant("acme_corp", .provisioning, submitter: "ci", job: own)], into: site)
            func apply(_ effect: @escaping Advance.Effect) async throws -> TenantStatus? {
                try await site.store.change { try effect($0) }
                return try await site.tenants.liveTenant("acme_corp")?.status
            }
            #expect(try await apply(TenantStore.activate(id, of: other, at: site.clock.wall)) == .provisioning)
            #expect(try await apply(TenantStore.release(id, of: other)) == .provisioning)
            #expect(try await apply(TenantStore.activate(id, of: own, at: site.clock.wall)) == .active)
            #expect(try await apply(TenantStore.release(id, of: own)) == .active)
            #expect(try await apply(TenantStore.deactivate(id, of: other)) == .active)
            #expect(try await apply(TenantStore.deactivate(id, of: own)) == .provisioning)
            #expect(try await apply(TenantStore.release(id, of: own)) == nil)
        }
    }

    static let statements: [(sql: SQL, index: String)] = [
        (TenantStore.holderSQL, "tenant_live"), (TenantStore.liveSQL, "tenant_live"), (TenantStore.byIDSQL, "tenant_history"),
        (TenantStore.byStatusSQL, "tenant_status"), (TenantStore.bySubmitterSQL, "tenant_submitter"),
        (TenantStore.byKeySQL, "tenant_live"), (TenantStore.holdsTenantSQL, "tenant_live"),
        (TenantStore.isInWorkSQL, "job_live_subject"), (TenantStore.hasLeftoversSQL, "job_leftovers"),
        (TenantStore.withoutJobSQL, "tenant_status"),
    ]

    @Test("answers by an index, whatever the number of tenants")
    func plans() async throws {
        try await Site.with { site in
            for statement in Self.statements {
                let plan = try await site.store.read { try $0.queryPlan(of: statement.sql) }
                #expect(plan.contains { $0.contains("INDEX \(statement.index) ") }, "\(plan)")
                #expect(!plan.contains { $0.hasPrefix("SCAN") }, "\(plan)")
            }
        }
    }
}
