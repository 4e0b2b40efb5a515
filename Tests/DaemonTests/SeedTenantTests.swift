// SPDX-License-Identifier: Apache-2.0
import Foundation
import JSON
import SQLite
import Testing

/// The tenants that the seed system's report tells of.
@Suite("the seed system's tenants")
struct SeedTenantTests {
    private static let plans: [(tenant: String, plan: String, limits: [Int64])] = [
        ("acme_corp", "PROFESSIONAL", [25, 750, 5]), ("techstart_2024", "STARTER", [6, 180, 3]),
        ("Global_Industries", "SCALE", [100, 3000, 10]), ("data4u", "STARTER", [6, 180, 3]),
        ("north_wind_99", "PROFESSIONAL", [25, 750, 5]),
    ]

    @Test("five are onboarded with their plans' limits; the sixth has an orphan dataset and is refused, naming it")
    func sixTenants() async throws {
        let home = try Home()
        let daemon = try await DaemonProcess.start(home)
        let client = daemon.client
        for (tenant, plan, limits) in Self.plans {
            let dryRun = try await client.post("/api/v1/tenants/dryrun", Client.tenant(tenant, plan: plan.lowercased()))
            #expect(dryRun.status == 200 && dryRun.json["ready_for_onboarding"] == .bool(true), "\(dryRun.text)")
            #expect(dryRun.json["validation_results"].list.count == 8)
            let done = try await client.onboardFully(tenant, plan: plan)
            #expect(done.status == 200 && done.json["subscription_plan"] == .string(plan), "\(done.text)")
            #expect(done.json["tables_created"] == .array([.string("onboarding_validation_test")]))
            #expect(done.json["dryrun_status"] == .string("SUCCESS"))
            let shown = try await client.get("/api/v1/tenants/\(tenant)").json["limits"]
            #expect(["daily", "monthly", "concurrent"].map { shown[$0] } == limits.map(JSONValue.integer))
        }
        try Self.makeOrphan(home.datasetPath("rama_2x333"))

        let dryRun = try await client.post("/api/v1/tenants/dryrun", Client.tenant("rama_2x333"))
        #expect(dryRun.status == 200 && dryRun.json["status"] == .string("FAILED"))
        #expect(dryRun.json["ready_for_onboarding"] == .bool(false))
        let summary = dryRun.json["validation_summary"]
        #expect(summary["failed"] == .integer(1) && summary["total_checks"] == .integer(8))
        Self.expectRefusal(dryRun.json["validation_results"])

        let refused = try await client.onboardFully("rama_2x333")
        #expect(refused.status == 409 && refused.code == "tenant_exists", "\(refused.text)")
        Self.expectRefusal(refused.json["validation_results"])
        #expect(try await client.get("/api/v1/tenants/rama_2x333").status == 404)
        #expect(FileManager.default.fileExists(atPath: home.datasetPath("rama_2x333")))
        try Self.expectNothingWritten(home)
    }

    private static func expectRefusal(_ checks: JSONValue) {
        let check = checks.item("check_name", "tenant_existence")
        #expect(check["status"] == .string("FAILED") && check["passed"] == .bool(false))
        #expect(check["message"].text?.contains("rama_2x333") == true)
        #expect(check["details"]["dataset"] == .string("rama_2x333"))
    }

    private static func expectNothingWritten(_ home: Home) throws {
        for table in ["tenant_profiles", "tenant_api_keys", "tenant_subscriptions", "tenant_usage_quotas"] {
            #expect(try Home.rows(home.central, "SELECT 1 FROM \(table) WHERE tenant_id = 'rama_2x333'").isEmpty)
        }
    }

    /// A dataset as a half-done onboarding of another system left it: with a table, without a mark of ours.
    private static func makeOrphan(_ path: String) throws {
        let dataset = try Connection(path: path, mode: .create)
        try dataset.executeScript("CREATE TABLE onboarding_validation_test (id TEXT)")
    }
}
