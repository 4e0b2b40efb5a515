// SPDX-License-Identifier: Apache-2.0
import Warehouse

/// The central tables as SQLite makes them. A table is kept in the order of its identity, which begins with the tenant:
/// one tree serves the uniqueness of a row and all reads of a tenant, whose cost does not grow with their number.
enum CentralDDL {
    /// Tenant ids compare without regard to case: NOCASE folds ASCII, and they are ASCII.
    static func create(_ table: CentralTable) -> String {
        let columns = table.columns.map { column in
            var text = "  \(column.name) \(column.type.storedType)"
            if column.isRequired || column.type == .strings { text += " NOT NULL" }
            if column.name == "tenant_id" { text += " COLLATE NOCASE" }
            if let check = check(column) { text += " CHECK (\(check))" }
            return text
        }
        let key = "  PRIMARY KEY (\(table.identity.joined(separator: ", ")))"
        return "CREATE TABLE \(table.name) (\n\((columns + [key]).joined(separator: ",\n"))\n) STRICT, WITHOUT ROWID"
    }

    static func indexes(of table: CentralTable) -> [String] {
        var statements: [String] = []
        if let live = table.live {
            statements.append(
                "CREATE UNIQUE INDEX \(table.name)_live ON \(table.name) (tenant_id) WHERE \(live.column) <> '\(live.ended)'")
        }
        for columns in lookups[table.name] ?? [] {
            statements.append(
                "CREATE INDEX \(table.name)_by_\(columns.joined(separator: "_")) ON \(table.name) "
                    + "(tenant_id, \(columns.joined(separator: ", ")))")
        }
        return statements
    }

    /// What the comprehensive view looks up within a tenant, beyond the identity.
    private static let lookups: [String: [[String]]] = [
        CentralSchema.usageQuotas.name: [["usage_date"]],
        CentralSchema.pipelineRuns.name: [["start_time"], ["pipeline_id", "start_time"]],
    ]

    /// The rule that a STRICT table's type doesn't know.
    private static func check(_ column: Column) -> String? {
        switch column.type {
        case .timestamp: timeCheck(column.name)
        case .date: "\(column.name) GLOB '\(day)'"
        case .bool: "\(column.name) IN (0, 1)"
        case .strings: "\(column.name) GLOB '[[]*]'"
        // SQLite lets no schema that it doesn't trust call json_valid (pragma.html#pragma_trusted_schema).
        case .string, .integer, .double, .bytes, .json: nil
        }
    }

    /// 2026-11-23T23:40:48.123456Z, always in full, so that text sorts like time.
    static func timeCheck(_ column: String) -> String {
        "\(column) GLOB '\(day)T[0-2][0-9]:[0-5][0-9]:[0-5][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]Z'"
    }

    private static let day = "[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]"

    static let meta = "CREATE TABLE _onboardd_meta (key TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID"

    /// All runs with their steps, and how many steps each run has. One row a step; one for a run without any.
    static let executionView = """
        CREATE VIEW \(CentralSchema.executionView) AS
        SELECT
          r.tenant_id, r.pipeline_logging_id, r.pipeline_id, r.status AS pipeline_status, r.trigger_type, r.trigger_by,
          r.start_time AS pipeline_start_time, r.end_time AS pipeline_end_time, r.duration_ms AS pipeline_duration_ms,
          r.run_date, r.error_message AS pipeline_error_message,
          s.step_logging_id, s.step_name, s.step_type, s.step_index, s.status AS step_status,
          s.start_time AS step_start_time, s.end_time AS step_end_time, s.duration_ms AS step_duration_ms,
          s.rows_processed, s.error_message AS step_error_message,
          count(s.step_logging_id) OVER run AS total_steps,
          count(*) FILTER (WHERE s.status = 'COMPLETED') OVER run AS steps_completed,
          count(*) FILTER (WHERE s.status = 'FAILED') OVER run AS steps_failed
        FROM tenant_pipeline_runs AS r
        LEFT JOIN tenant_step_logs AS s
          ON s.tenant_id = r.tenant_id AND s.pipeline_logging_id = r.pipeline_logging_id
        WINDOW run AS (PARTITION BY r.tenant_id, r.pipeline_logging_id)
        """
}
