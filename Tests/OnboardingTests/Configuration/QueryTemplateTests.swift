// SPDX-License-Identifier: Apache-2.0
import Testing
import Warehouse

@testable import Onboarding

@Suite("A query's placeholders")
struct QueryTemplateTests {
    static let read: [(text: String, sql: String, names: Set<QueryTemplate.Placeholder>)] = [
        ("SELECT 1", "SELECT 1", []),
        ("SELECT {tenant_id}", "SELECT @tenant_id", [.tenantID]),
        ("{dataset_id},{pipeline_id},{run_id},{run_time}", "@dataset_id,@pipeline_id,@run_id,@run_time", [.datasetID, .pipelineID, .runID, .runTime]),
        ("{tenant_id}{tenant_id}", "@tenant_id@tenant_id", [.tenantID]),
        ("SELECT 'it''s {not} one' || {run_id}", "SELECT 'it''s {not} one' || @run_id", [.runID]),
        ("SELECT \"a -- b\", `c /* d`", "SELECT \"a -- b\", `c /* d`", []),
        ("SELECT 1 -- {tenant_id} it's\nFROM t", "SELECT 1  FROM t", []),
        ("SELECT /* {nobody} ' */ 1", "SELECT   1", []),
        ("SELECT 1 -- the end", "SELECT 1  ", []),
    ]

    @Test("become parameters, and nothing else changes but comments", arguments: read)
    func reads(text: String, sql: String, names: Set<QueryTemplate.Placeholder>) throws {
        let template = try QueryTemplate(text)
        #expect(template.sql == sql)
        #expect(template.placeholders == names)
    }

    @Test("are refused where they could not be values", arguments: [
        ("SELECT '{tenant_id}'", "inside quotes"), ("SELECT \"{run_id}\"", "inside quotes"), ("SELECT `x{dataset_id}`", "inside quotes"),
        ("SELECT {nobody}", "no placeholder {nobody}"), ("SELECT {}", "no placeholder {}"), ("SELECT {Tenant_id}", "no placeholder"),
        ("SELECT {tenant_id", "not closed"), ("SELECT 'a", "a quote `'` is not closed"), ("SELECT @tenant_id", "write a value as {name}"),
        ("SELECT ?1", "write a value as {name}"), ("SELECT $x", "write a value as {name}"), ("SELECT }", "write a value as {name}"),
    ])
    func refused(text: String, words: String) {
        #expect {
            try QueryTemplate(text)
        } throws: { (($0 as? QueryTemplate.Fault)?.message ?? "").contains(words) }
    }

    static let hostile = [
        "x' OR '1'='1", "'; DROP TABLE onboarding_validation_test; --", "acme\" -- ", "{run_id}", "@run_id", "a\\' /*", "?1",
    ]

    @Test("take any value without it becoming part of the query", arguments: hostile)
    func bound(value: String) throws {
        let template = try QueryTemplate("SELECT {tenant_id} AS id FROM onboarding_validation_test WHERE id = {tenant_id}")
        let query = template.query { _ in value }
        #expect(query.sql == "SELECT @tenant_id AS id FROM onboarding_validation_test WHERE id = @tenant_id")
        #expect(query.parameters == ["tenant_id": .string(value)])
    }

    @Test("are values to the warehouse, whatever is in them")
    func executed() async throws {
        try await Site.with { site in
            try await site.makeDataset("acme_corp")
            let template = try QueryTemplate("SELECT {tenant_id} AS given, count(*) AS n FROM onboarding_validation_test WHERE id <> {tenant_id}")
            for value in Self.hostile {
                let found = try await site.warehouse.run(template.query { _ in value }, inDatasetOf: "acme_corp", until: site.soon)
                #expect(found.rows == [[.string(value), .integer(1)]])
            }
        }
    }
}
