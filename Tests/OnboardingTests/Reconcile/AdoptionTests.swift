// SPDX-License-Identifier: Apache-2.0
import Testing
import Time

@testable import Onboarding

@Suite("A reconciliation with the seed system's warehouse")
struct AdoptionTests {
    private static let hash = String(repeating: "ab", count: 32)

    /// A tenant as the seed system left it, under an id that none could be made with today.
    private static func makeSeedTenant(_ id: String, at site: Site) async throws {
        try await site.insertProfile(id, plan: "SCALE")
        try await site.insertKey(id, id: "k1", hash: hash.uppercased())
        try await site.insertKey(id, id: "k2", hash: String(repeating: "cd", count: 32), isActive: false)
        try await site.insertKey(id, id: "k3", hash: String(repeating: "ef", count: 32), expiresAt: site.clock.wall + .seconds(60))
        try await site.insertKey(id, id: "k4", hash: "not a hash")
        try await site.insertSubscription(id, plan: "SCALE", limits: (1, 2, 3), at: site.clock.wall - .seconds(60))
        try await site.insertSubscription(id, plan: "PROFESSIONAL", limits: (25, 750, 5))
        try await site.insertSubscription(id, plan: "OLD", limits: (9, 9, 9), status: "CANCELLED", at: site.clock.wall + .seconds(1))
        try site.makeOrphan(id)
    }

    @Test("adopts a profile with its keys' hashes when it is told to, and only then", arguments: ["_Seed_1", "tenants"])
    func adopts(id: String) async throws {
        try await Site.with { site in
            try await Self.makeSeedTenant(id, at: site)
            let before = try site.contents()
            for actions: Set<Reconciliation.Action> in [[], [.fix]] {
                let finding = try #require(try await site.reconcile(actions).profilesOnlyInWarehouse.first)
                #expect(finding.tenantID == id && finding.status == "ACTIVE" && finding.activeKeys == 3)
                #expect(!finding.adopted && !finding.cleared && finding.problem == nil)
                #expect(try site.contents() == before)
            }
            #expect(try await site.reconcile([.adopt]).profilesOnlyInWarehouse.map(\.adopted) == [true])
            let tenant = try #require(try await site.tenants.liveTenant(id.uppercased()))
            #expect(tenant.tenantID == id && tenant.status == .active && tenant.companyName == "Seed Company")
            #expect(tenant.plan == Plan(name: "PROFESSIONAL", dailyLimit: 25, monthlyLimit: 750, concurrentLimit: 5))
            #expect(tenant.jobID == nil && tenant.submitter == nil && tenant.activatedAt == site.clock.wall)
            #expect(try await site.reconcile() == .init(instance: .init(store: site.store.identity.instanceID, warehouse: site.store.identity.instanceID)))
            let after = try site.contents()
            for (place, rows) in before where !place.hasPrefix("jobs.sqlite tenant") { #expect(after[place] == rows, "\(place)") }
        }
    }

    @Test("knows adopted keys by their hashes, as long as they are good")
    func keys() async throws {
        try await Site.with { site in
            try await Self.makeSeedTenant("seed_1", at: site)
            _ = try await site.reconcile([.adopt])
            func holder(_ pair: String) async throws -> String? {
                try await site.tenants.tenant(holdingKeyHash: String(repeating: pair, count: 32), at: site.clock.wall)?.tenantID
            }
            #expect(try await holder("ab") == "seed_1")
            #expect(try await holder("cd") == nil)
            #expect(try await holder("ef") == "seed_1")
            site.clock.pass(.seconds(60))
            #expect(try await holder("ef") == nil)
        }
    }

    @Test("refuses an adopted tenant's id from then on")
    func taken() async throws {
        try await Site.with { site in
            try await site.insertProfile("Seed_1")
            _ = try await site.reconcile([.adopt])
            await #expect(throws: TenantRefusal.exists(tenantID: "Seed_1")) { try await site.submit("sEED_1") }
        }
    }

    @Test("takes the plan's limits of today where there is no subscription")
    func planOfToday() async throws {
        try await Site.with { site in
            try await site.insertProfile("seed_1", plan: "scale")
            _ = try await site.reconcile([.adopt])
            #expect(try await site.tenants.liveTenant("seed_1")?.plan == site.plans.plan(named: "SCALE"))
        }
    }

    static let unfit: [(status: String, plan: String, problem: String)] = [
        ("PROVISIONING", "SCALE", "neither ACTIVE nor SUSPENDED"), ("PENDING", "SCALE", "neither ACTIVE nor SUSPENDED"),
        ("ACTIVE", "ENTERPRISE", "plans.yml"),
    ]

    @Test("leaves alone what it can't adopt, and says why", arguments: unfit)
    func unadoptable(status: String, plan: String, problem: String) async throws {
        try await Site.with { site in
            try await site.insertProfile("seed_1", status: status, plan: plan)
            let before = try site.contents()
            let report = try await site.reconcile([.adopt, .fix])
            let finding = try #require(report.profilesOnlyInWarehouse.first)
            #expect(!finding.adopted && finding.problem?.contains(problem) == true && !report.isClean)
            #expect(try site.contents() == before)
        }
    }

    @Test("does not list tenants that have left")
    func left() async throws {
        try await Site.with { site in
            try await site.insertProfile("seed_1", status: "DELETED")
            #expect(try await site.reconcile([.adopt]).isClean)
            #expect(try await site.tenants.tenant("seed_1") == nil)
        }
    }

    @Test("changes nothing in a warehouse that is another store's, until it adopts that")
    func foreign() async throws {
        try await Site.with(instance: "another") { site in
            try await site.insertProfile("seed_1")
            try await site.abandon(site.work(on: "acme_corp", upTo: "reserve_tenant"), leftovers: "[]")
            let before = try site.contents()
            let found = try await site.reconcile([.fix])
            #expect(found.leftovers.map(\.cleared) == [false])
            #expect(!found.instance.matches && !found.isClean && found.instance.warehouse == "another")
            #expect(try site.contents() == before)
            let adopted = try await site.reconcile([.adopt])
            #expect(adopted.instance.adopted && adopted.profilesOnlyInWarehouse.map(\.adopted) == [true])
            #expect(try await site.warehouse.instance(until: site.soon) == site.store.identity.instanceID)
        }
    }

    @Test("looks at nothing before the first bootstrap")
    func notBootstrapped() async throws {
        try await Site.with(instance: "") { site in
            let report = try await site.reconcile([.adopt, .fix])
            #expect(report.instance.warehouse == nil && !report.isClean)
        }
    }
}
