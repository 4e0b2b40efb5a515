// SPDX-License-Identifier: Apache-2.0
import Testing
import Time
import Warehouse
import YAML

@testable import Onboarding

@Suite("A run of the dry-run pipeline")
struct PipelineRunTests {
    private static func run(_ pipeline: PipelineConfig, id: String = "run_1", at site: Site) async throws -> Int {
        try await PipelineRun(pipeline: pipeline, tenantID: "acme_corp", runID: id, runTime: site.clock.wall)
            .run(in: site.warehouse, until: site.soon)
    }

    @Test("as it is shipped fits the validation table's columns, and adds one record a run")
    func shipped() async throws {
        try await Site.with { site in
            try await site.makeDataset("acme_corp")
            let pipeline = try PipelineConfig.builtIn()
            #expect(try await Self.run(pipeline, at: site) == 1)
            #expect(try await Self.run(pipeline, at: site) == 1)
            let records = Query("SELECT id, created_at FROM onboarding_validation_test ORDER BY rowid")
            let found = try await site.warehouse.run(records, inDatasetOf: "acme_corp", until: site.soon).rows
            let time = WarehouseValue.timestampText(site.clock.wall.milliseconds * 1_000)
            #expect(found == [[.string("onboarding_test_acme_corp"), .string(time)], [.string("run_1"), .string(time)]])
            #expect(try await Self.run(pipeline, id: "run_2", at: site) == 1)
            #expect(try await site.warehouse.run(records, inDatasetOf: "acme_corp", until: site.soon).rows.count == 3)
        }
    }

    /// The first is the seed system's: its rows had none of the table's required columns.
    static let unfit: [(query: String, column: String)] = [
        ("SELECT 'Hello' AS message, {run_time} AS timestamp, {tenant_id} AS tenant_id", "message"),
        ("SELECT {run_id} AS id, 'no time' AS test_message", "created_at"),
        ("SELECT {run_id} AS id, 'yesterday' AS created_at", "created_at"),
        ("SELECT 7 AS id, {run_time} AS created_at", "id"),
    ]

    @Test("whose rows don't fit names row and column, and writes nothing", arguments: unfit)
    func mismatch(query: String, column: String) async throws {
        let pipeline = try PipelineConfig(
            yaml: YAMLDocument.parse(
                """
                pipeline_id: p
                steps:
                  - step_id: s
                    ps_type: gcp.bq_etl
                    source:
                      query: "\(query)"
                    destination: {dataset_type: tenant, table: onboarding_validation_test, write_mode: append}
                """), file: nil)
        try await Site.with { site in
            try await site.makeDataset("acme_corp")
            let before = try site.contents()
            let error = await #expect(throws: WarehouseError.self) { try await Self.run(pipeline, at: site) }
            #expect(error?.code == .schemaMismatch)
            #expect(error?.mismatch?.row == 1)
            #expect(error?.mismatch?.column == column)
            #expect(try site.contents() == before)
        }
    }
}
