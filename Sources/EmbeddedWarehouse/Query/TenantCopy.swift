// SPDX-License-Identifier: Apache-2.0
import SQLite
import Time
import Warehouse

/// One tenant's rows of the central tables, copied into TEMP tables of a connection.
struct TenantCopy {
    let tenantID: String
    /// The path of the central tables' file.
    let central: String
    let today: UTCDate

    init(of tenantID: String, central: String, today: UTCDate) {
        self.tenantID = tenantID
        self.central = central
        self.today = today
    }

    /// Copies the rows, then lets go of the central tables: afterwards nothing of them is in the connection's reach.
    /// - Returns: false if a table has more rows than are copied; then these are the newest.
    func make(on connection: Connection) throws -> Bool {
        try connection.executeScript("PRAGMA temp_store = MEMORY")
        try connection.run("ATTACH ?1 AS central", central)
        var complete = true
        try connection.executeScript("BEGIN")
        for table in CentralSchema.tables {
            let columns = table.columns.filter { !Self.secrets.contains($0.name) }
            let names = columns.map(\.name).joined(separator: ", ")
            try connection.executeScript("CREATE TEMP TABLE \(table.name) (\(Self.declarations(columns)))")
            let order = table.partitionedByDayOf.map { " ORDER BY \($0) DESC" } ?? ""
            let copied = try connection.prepare(
                """
                INSERT INTO temp.\(table.name) SELECT \(names) FROM central.\(table.name)
                WHERE tenant_id = ?1\(order) LIMIT ?2 RETURNING 1
                """
            ).run(with: [.text(tenantID), .integer(Int64(Self.rowsPerTable))])
            if copied == Self.rowsPerTable { complete = false }
        }
        try connection.executeScript("COMMIT; DETACH central; \(TenantScope.create)")
        try TenantScope.enter(tenantID, today: today, runs: Self.rowsPerTable, on: connection)
        try connection.executeScript("CREATE TEMP VIEW \(ComprehensiveView.name) AS \(ComprehensiveView.sql.text)")
        return complete
    }

    private static func declarations(_ columns: [Column]) -> String {
        columns.map { column in
            "\(column.name) \(column.type.declaredType)" + (column.name == "tenant_id" ? " COLLATE NOCASE" : "")
        }.joined(separator: ", ")
    }

    private static let rowsPerTable = 10_000
    /// Not even the tenant's own: a hash is what keys are looked up by.
    private static let secrets: Set = ["api_key_hash", "encrypted_api_key", "encrypted_credentials"]
}
