// SPDX-License-Identifier: Apache-2.0
import Testing
import Time
import Warehouse

@Suite("rows and values")
struct RowCheckTests {
    @Test("has the eleven tables of the seed system", arguments: zip(CentralSchema.tables, [
        ("tenant_profiles", 8), ("tenant_api_keys", 9), ("tenant_subscriptions", 12), ("tenant_usage_quotas", 15),
        ("tenant_cloud_credentials", 8), ("tenant_pipeline_configs", 15), ("tenant_scheduled_pipeline_runs", 15),
        ("tenant_pipeline_execution_queue", 8), ("tenant_pipeline_runs", 14), ("tenant_step_logs", 14),
        ("tenant_dq_results", 12),
    ]))
    func tables(_ table: CentralTable, _ expected: (String, Int)) {
        #expect((table.name, table.columns.count) == expected)
        #expect(table.identity.first == "tenant_id")
        #expect(table.identity.allSatisfy { table.position(of: $0) != nil })
        #expect(Set(table.columns.map(\.name)).count == table.columns.count)
    }

    @Test("names of the view's columns are unique")
    func viewColumns() {
        #expect(ComprehensiveView.columns.count == 61)
        #expect(Set(ComprehensiveView.columns.map(\.name)).count == 61)
    }

    @Test("a time keeps its microseconds as text", arguments: [
        (Int64(0), "1970-01-01T00:00:00.000000Z"), (1, "1970-01-01T00:00:00.000001Z"),
        (1_795_521_600_123_456, "2026-11-24T12:00:00.123456Z"), (-1, "1969-12-31T23:59:59.999999Z"),
    ])
    func timeText(_ microseconds: Int64, _ text: String) {
        #expect(WarehouseValue.timestampText(microseconds) == text)
        #expect(WarehouseValue(timestampText: text) == .timestamp(microseconds))
    }

    @Test("reads times as RFC 3339 writes them", arguments: [
        ("1970-01-01T00:00:01Z", Int64(1_000_000)), ("1970-01-01T01:00:00.5+01:00", 500_000),
        ("1970-01-01T00:00:00.1234567Z", 123_456), ("1970-01-01T00:00:00.1200Z", 120_000),
    ])
    func readTime(_ text: String, _ microseconds: Int64) {
        #expect(WarehouseValue(timestampText: text) == .timestamp(microseconds))
    }

    @Test("converts only what loses nothing", arguments: [
        (.string("2026-11-23"), .date, .date(UTCDate(noon - .seconds(86_400)))), (.string("2026-11-31"), .date, nil),
        (.string("2026-11-23T00:00"), .date, nil), (.integer(3), .double, .double(3)), (.integer(.max), .double, nil),
        (.integer(1), .bool, .bool(true)), (.integer(2), .bool, nil), (.double(1), .integer, nil), (.string("1"), .integer, nil),
        (.string("{}"), .json, .json("{}")), (.json("{}"), .string, nil), (.bytes([1]), .string, nil), (.null, .string, nil),
    ] as [(WarehouseValue, ColumnType, WarehouseValue?)])
    func conversions(_ value: WarehouseValue, _ type: ColumnType, _ expected: WarehouseValue?) {
        #expect(value.converted(to: type) == expected)
    }

    @Test("a row that lacks a required value, or has a column too many, is none")
    func badRow() throws {
        let error = #expect(throws: WarehouseError.self) { try CentralRow(CentralSchema.profiles, ["tenant_id": .string("a")]) }
        #expect(error?.mismatch?.column == "company_name" && error?.mismatch?.reason == .missingRequired)
        let other = #expect(throws: WarehouseError.self) { try CentralRow(CentralSchema.profiles, ["tenant": .string("a")]) }
        #expect(other?.mismatch?.column == "tenant" && other?.mismatch?.reason == .unknownColumn)
    }
}
