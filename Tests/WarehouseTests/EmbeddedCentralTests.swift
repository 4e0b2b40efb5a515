// SPDX-License-Identifier: Apache-2.0
import Foundation
import SQLite
import Testing
import Time
import Warehouse

@testable import EmbeddedWarehouse

@Suite("the embedded warehouse's central tables")
struct EmbeddedCentralTests {
    @Test("says what to do before the bootstrap")
    func notBootstrapped() async throws {
        try await withEmbedded(bootstrapped: false) { (warehouse, _) async throws in
            #expect(try await warehouse.instance(until: .soon) == nil)
            try await expectFailure(.notBootstrapped) { try await warehouse.insert(profile(), until: .soon) }
            try await expectFailure(.notBootstrapped) { try await warehouse.adopt(instance: "x", until: .soon) }
            let missing = try await warehouse.centralDefects(until: .soon)
            #expect(missing == CentralSchema.tables.map { .missingTable($0.name) })
            let report = try await warehouse.bootstrap(instance: "x", until: .soon)
            #expect(report.datasetCreated && report.created.count == 12 && report.existing.isEmpty)
        }
    }

    @Test("names missing tables and columns, and columns of another type")
    func defects() async throws {
        try await withEmbedded { (warehouse, folder) async throws in
            try Connection(path: folder + "/central.sqlite", mode: .readWrite).executeScript(
                """
                DROP TABLE tenant_dq_results;
                DROP TABLE tenant_api_keys;
                CREATE TABLE tenant_api_keys (
                  api_key_id TEXT NOT NULL, tenant_id TEXT NOT NULL, api_key_hash BLOB NOT NULL, scopes TEXT NOT NULL,
                  is_active INTEGER NOT NULL, expires_at TEXT, created_at TEXT NOT NULL, last_used_at TEXT) STRICT;
                """)
            let defects = try await warehouse.centralDefects(until: .soon)
            #expect(
                Set(defects) == [
                    .missingTable("tenant_dq_results"),
                    .missingColumn(table: "tenant_api_keys", column: Column("encrypted_api_key", .bytes)),
                    .differentColumn(
                        table: "tenant_api_keys", column: Column("api_key_hash", .string, required: true), found: "BLOB NOT NULL"),
                ])
        }
    }

    @Test("looks at no other tenant's rows", arguments: CentralSchema.tables)
    func plans(_ table: CentralTable) async throws {
        try await withEmbedded { (_, folder) async throws in
            let connection = try Connection(path: folder + "/central.sqlite", mode: .readOnly)
            var plan: [String] = []
            try connection.prepare("EXPLAIN QUERY PLAN SELECT * FROM \(table.name) WHERE tenant_id = 'x'").forEach(with: []) {
                plan.append($0.text(3))
                return true
            }
            #expect(plan.count == 1 && plan[0].hasPrefix("SEARCH \(table.name) USING PRIMARY KEY (tenant_id=?)"))
        }
    }

    @Test("the comprehensive view finds all it reads by an index that begins with the tenant")
    func viewPlan() async throws {
        try await withEmbedded { (_, folder) async throws in
            let connection = try Connection(path: folder + "/central.sqlite", mode: .readOnly)
            try TenantScope.prepare(connection)
            let lines = try connection.queryPlan(of: "SELECT * FROM temp.tenant_comprehensive_view")
                .filter { $0.contains("main.tenant_") }
            let found = Set(lines.map { $0.replacingOccurrences(of: " LEFT-JOIN", with: "") })
            #expect(
                found == [
                    "SEARCH main.tenant_profiles USING PRIMARY KEY (tenant_id=?)",
                    "SEARCH main.tenant_subscriptions USING PRIMARY KEY (tenant_id=?)",
                    "SEARCH main.tenant_usage_quotas USING INDEX tenant_usage_quotas_by_usage_date (tenant_id=? AND usage_date=?)",
                    "SEARCH main.tenant_pipeline_runs USING INDEX tenant_pipeline_runs_by_start_time (tenant_id=?)",
                    "SEARCH main.tenant_step_logs USING PRIMARY KEY (tenant_id=? AND pipeline_logging_id=?)",
                    "SEARCH main.tenant_dq_results USING PRIMARY KEY (tenant_id=? AND pipeline_logging_id=?)",
                    """
                    SEARCH main.tenant_pipeline_runs USING INDEX tenant_pipeline_runs_by_pipeline_id_start_time \
                    (tenant_id=? AND pipeline_id=? AND start_time>? AND start_time<?)
                    """,
                ])
        }
    }

    @Test("quota states, and percentages that fall back to the subscription's limit", arguments: [
        (Int64(0), Int64(0), Int64(0), "AVAILABLE"), (25, 0, 0, "DAILY_LIMIT_REACHED"), (25, 750, 5, "DAILY_LIMIT_REACHED"),
        (1, 750, 5, "MONTHLY_LIMIT_REACHED"), (1, 75, 5, "CONCURRENT_LIMIT_REACHED"), (1, 75, 4, "AVAILABLE"),
    ])
    func quotaStates(today: Int64, month: Int64, concurrent: Int64, status: String) async throws {
        try await withEmbedded(time: .at(noon)) { (warehouse, _) async throws in
            let rows = try [
                profile(), subscription(), quota(id: "old", today: 9, on: noon - .seconds(86_400)),
                quota(id: "earlier", today: 24, on: noon - .seconds(60)),
                quota(today: today, month: month, concurrent: concurrent, monthlyLimit: .null),
            ]
            for row in rows { try await warehouse.insert(row, until: .soon) }
            _ = try await warehouse.createDataset(claim(), until: .soon)
            let view = try await warehouse.view(of: "acme_corp", limit: 5, until: .soon)
            #expect(view.rows.count == 1)
            #expect(view.value("quota_status") == .string(status))
            #expect(view.value("pipelines_run_today") == .integer(today))
            #expect(view.value("monthly_limit") == .integer(750))
            #expect(view.value("daily_usage_percent") == .double(Double(today * 4)))
            #expect(view.value("monthly_usage_percent") == .double(Double(month) / 7.5))
        }
    }

    @Test("costs the same with ten tenants and with two thousand")
    func flat() async throws {
        try await withEmbedded { (warehouse, _) async throws in
            var fewest = Duration.seconds(60), most = Duration.zero
            for (count, isFew) in [(10, true), (2_000, false)] {
                try await withThrowingTaskGroup { group in
                    for number in 0..<count {
                        let id = "bulk_\(isFew)_\(number)"
                        group.addTask {
                            for row in try [profile(id), subscription(id), quota(id)] { try await warehouse.insert(row, until: .soon) }
                        }
                    }
                    try await group.waitForAll()
                }
                var times: [Duration] = []
                for number in 0..<20 {
                    let id = "probe_\(isFew)_\(number)"
                    times.append(
                        try await ContinuousClock().measure {
                            for row in try [profile(id), subscription(id), quota(id)] { try await warehouse.insert(row, until: .soon) }
                            _ = try await warehouse.createDataset(claim(id), until: .soon)
                            try await warehouse.createComprehensiveView(in: claim(id), until: .soon)
                        })
                }
                let median = times.sorted()[10]
                if isFew { fewest = median } else { most = median }
            }
            // A smoke test on a shared machine: a scan of all tenants would cost many times more.
            #expect(most < fewest * 5, "with 10 tenants \(fewest), with 2,000 \(most)")
        }
    }

    @Test("shows all tenants' runs with their steps to operators")
    func executionView() async throws {
        try await withEmbedded { (warehouse, folder) async throws in
            for row in try [run("r1"), run("r2", of: "other"), step("l1", of: "r1"), step("l2", of: "r1", status: "FAILED")] {
                try await warehouse.insert(row, until: .soon)
            }
            let connection = try Connection(path: folder + "/central.sqlite", mode: .readOnly)
            let rows = try connection.all(
                """
                SELECT tenant_id, pipeline_logging_id, step_logging_id, total_steps, steps_failed
                FROM tenant_pipeline_execution_view ORDER BY 1, 2, 3
                """
            ) { row in (0..<5).map { row.text($0) } }
            #expect(rows == [
                ["acme_corp", "r1", "l1", "2", "1"], ["acme_corp", "r1", "l2", "2", "1"], ["other", "r2", "", "0", "0"],
            ])
        }
    }
}

extension TimeSource {
    /// The wall clock stands still.
    fileprivate static func at(_ time: WallTime) -> TimeSource {
        TimeSource(wall: { time }, boot: TimeSource.system.boot, sleep: TimeSource.system.sleep)
    }
}
