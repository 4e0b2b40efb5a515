// SPDX-License-Identifier: Apache-2.0
import SQLite
import Time
import Warehouse

/// The relations that the comprehensive view names, made as TEMP objects of one connection.
enum TenantScope {
    static let create = """
        CREATE TEMP TABLE onboardd_scope (tenant_id TEXT COLLATE NOCASE, today TEXT, runs INTEGER)
        """

    /// Sets whose rows they hold.
    static func enter(_ tenantID: String, today: UTCDate, runs: Int, on connection: Connection) throws {
        try connection.run("DELETE FROM temp.onboardd_scope")
        try connection.run(
            "INSERT INTO temp.onboardd_scope (tenant_id, today, runs) VALUES (?1, ?2, ?3)", tenantID, today.description, runs)
    }

    /// Makes, once for a connection to the central tables, a view over each table, named as the table is, and the
    /// comprehensive view over these.
    static func prepare(_ central: Connection) throws {
        let isThere = try central.first(
            "SELECT 1 FROM temp.sqlite_schema WHERE name = 'tenant_comprehensive_view'") { _ in true }
        if isThere == nil { try central.executeScript(overCentral) }
    }

    private static let overCentral = """
        \(create);
        \(CentralSchema.tables.map { table in
            """
            CREATE TEMP VIEW \(table.name) AS
              SELECT * FROM main.\(table.name) WHERE tenant_id = (SELECT tenant_id FROM temp.onboardd_scope);
            """
        }.joined(separator: "\n"))
        CREATE TEMP VIEW \(ComprehensiveView.name) AS
        \(ComprehensiveView.sql.text);
        """
}
