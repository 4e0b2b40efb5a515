// SPDX-License-Identifier: Apache-2.0
import Testing
import Time
import Warehouse

/// What every warehouse's comprehensive view must tell.
@Suite("every warehouse: the comprehensive view")
struct ViewConformanceTests {
    @Test("has 61 columns, named, typed and ordered as declared", arguments: WarehouseUnderTest.allCases)
    func columns(_ kind: WarehouseUnderTest) async throws {
        try await kind.use { (warehouse) async throws in
            try await makeTenant(warehouse)
            let view = try await warehouse.view(of: "acme_corp", limit: 10, until: .soon)
            #expect(view.columns.count == 61)
            #expect(view.columns == ComprehensiveView.columns.map { ResultTable.Heading(name: $0.name, type: $0.type) })
        }
    }

    @Test("needs a dataset, and the claim's own", arguments: WarehouseUnderTest.allCases)
    func refuses(_ kind: WarehouseUnderTest) async throws {
        try await kind.use { (warehouse) async throws in
            try await expectFailure(.notFound) { try await warehouse.createComprehensiveView(in: claim(), until: .soon) }
            try await expectFailure(.notFound) { try await warehouse.view(of: "acme_corp", limit: 1, until: .soon) }
            _ = try await warehouse.createDataset(claim(), until: .soon)
            try await expectFailure(.datasetExists) { try await warehouse.createComprehensiveView(in: claim(job: "job_2"), until: .soon) }
        }
    }

    @Test("has one row with NULLs for a tenant without runs", arguments: WarehouseUnderTest.allCases)
    func noRuns(_ kind: WarehouseUnderTest) async throws {
        try await kind.use { (warehouse) async throws in
            try await makeTenant(warehouse)
            let view = try await warehouse.view(of: "acme_corp", limit: 10, until: .soon)
            #expect(view.rows.count == 1)
            #expect(view.value("tenant_id") == .string("acme_corp"))
            #expect(view.value("tenant_onboarding_date") == .timestamp(noon))
            #expect(view.value("subscription_daily_limit") == .integer(25))
            for column in ComprehensiveView.columns.map(\.name).drop(while: { $0 != "pipeline_logging_id" }) {
                #expect(view.value(column) == .null, "\(column)")
            }
        }
    }

    @Test("totals steps, quality and the day of each run, newest run first", arguments: WarehouseUnderTest.allCases)
    func totals(_ kind: WarehouseUnderTest) async throws {
        try await kind.use { (warehouse) async throws in
            try await makeTenant(warehouse)
            let rows = try [
                run("r1", at: noon, duration: 100), run("r2", status: "FAILED", at: noon + .seconds(60), duration: 1_000),
                run("r3", pipeline: "p2", at: noon + .seconds(120)), run("x1", of: "other"),
                step("l1", of: "r1"), step("l2", of: "r1", rows: 5), step("l3", of: "r2", status: "FAILED"),
                quality("d1", of: "r1", status: "PASS"), quality("d2", of: "r1", status: "FAIL"),
            ]
            for row in rows { try await warehouse.insert(row, until: .soon) }
            let view = try await warehouse.view(of: "acme_corp", limit: 10, until: .soon)
            #expect((0..<3).map { view.value("pipeline_logging_id", row: $0) } == [.string("r3"), .string("r2"), .string("r1")])
            #expect(view.rows.count == 3 && !view.truncated)

            let expected: [(String, WarehouseValue)] = [
                ("total_steps", .integer(2)), ("steps_completed", .integer(2)), ("steps_failed", .integer(0)),
                ("total_rows_processed", .integer(15)), ("failed_steps_details", .json("[]")),
                ("total_dq_checks", .integer(2)), ("dq_checks_passed", .integer(1)), ("dq_checks_failed", .integer(1)),
                ("total_expectations_passed", .integer(6)), ("total_expectations_failed", .integer(1)),
                (
                    "failed_dq_details",
                    .json(#"[{"table_name":"costs","failures":["not_null"],"checked_at":"2026-11-24T12:00:00.123000Z"}]"#)
                ),
                ("daily_total_runs", .integer(2)), ("daily_successful_runs", .integer(1)), ("daily_failed_runs", .integer(1)),
                ("daily_avg_duration_ms", .double(550)), ("daily_max_duration_ms", .integer(1_000)),
                ("daily_min_duration_ms", .integer(100)), ("daily_last_run_time", .timestamp(noon + .seconds(60))),
                ("has_errors", .bool(true)), ("daily_success_rate", .double(50)), ("performance_status", .string("FAST")),
                ("pipeline_parameters", .json(#"{"date":"2026-11-23"}"#)), ("pipeline_run_date", .date(UTCDate(noon))),
            ]
            for (column, value) in expected { #expect(view.value(column, row: 2) == value, "\(column)") }
            #expect(view.value("has_errors", row: 1) == .bool(true))
            #expect(view.value("has_errors", row: 0) == .bool(false))
            #expect(view.value("steps_failed", row: 1) == .integer(1))
            #expect(view.value("total_steps", row: 0) == .integer(0))
        }
    }

    @Test("shows as many runs as are asked for and says that there are more", arguments: WarehouseUnderTest.allCases)
    func limit(_ kind: WarehouseUnderTest) async throws {
        try await kind.use { (warehouse) async throws in
            try await makeTenant(warehouse)
            for number in 0..<3 {
                try await warehouse.insert(run("r\(number)", at: noon + .seconds(number)), until: .soon)
            }
            let view = try await warehouse.view(of: "acme_corp", limit: 2, until: .soon)
            #expect(view.rows.count == 2 && view.truncated)
            #expect(view.value("pipeline_logging_id") == .string("r2"))
            #expect(view.value("daily_total_runs") == .integer(3))
        }
    }

    @Test("takes the newest of two active subscriptions", arguments: WarehouseUnderTest.allCases)
    func twoSubscriptions(_ kind: WarehouseUnderTest) async throws {
        try await kind.use { (warehouse) async throws in
            try await makeTenant(warehouse)
            try await warehouse.insert(subscription(id: "s0", plan: "SCALE", at: noon + .seconds(9)), until: .soon)
            let view = try await warehouse.view(of: "acme_corp", limit: 10, until: .soon)
            #expect(view.rows.count == 1)
            #expect(view.value("plan_name") == .string("SCALE"))
        }
    }

    private func makeTenant(_ warehouse: any Warehouse) async throws {
        for row in try [profile(), subscription(), profile("other"), subscription("other")] {
            try await warehouse.insert(row, until: .soon)
        }
        _ = try await warehouse.createDataset(claim(), until: .soon)
        try await warehouse.createComprehensiveView(in: claim(), until: .soon)
        try await warehouse.createComprehensiveView(in: claim(), until: .soon)
    }
}
