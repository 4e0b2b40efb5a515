// SPDX-License-Identifier: Apache-2.0
import SQLite
import Time
import Warehouse

extension EmbeddedWarehouse {
    public func checkConnectivity(until deadline: BootTime) async throws(WarehouseError) {
        try await read("check the connection", until: deadline) { central in
            _ = try central.first("SELECT 1") { $0.int(0) }
        }
    }

    public func checkCredentials(until deadline: BootTime) async throws(WarehouseError) -> CredentialCheck {
        .notApplicable(reason: "the embedded warehouse is files of this machine: it needs no credentials")
    }

    public func centralDefects(until deadline: BootTime) async throws(WarehouseError) -> [CentralDefect] {
        try await read("check the central tables", until: deadline) { central in
            var found: [String: [String: StoredColumn]] = [:]
            try central.forEach(
                """
                SELECT t.name, c.name, c.type, c."notnull"
                FROM main.sqlite_schema AS t JOIN pragma_table_info(t.name, 'main') AS c
                WHERE t.type = 'table'
                """
            ) { row in
                found[row.text(0), default: [:]][row.text(1)] = StoredColumn(type: row.text(2), isRequired: row.int(3) != 0)
            }
            return CentralSchema.tables.flatMap { table in
                guard let columns = found[table.name] else { return [CentralDefect.missingTable(table.name)] }
                return table.columns.compactMap { defect(of: $0, in: table, found: columns[$0.name]) }
            }
        }
    }

    public func traces(of tenantID: String, until deadline: BootTime) async throws(WarehouseError) -> TenantTraces {
        let sql = CentralSQL(table: CentralSchema.profiles)
        async let status = dataset(of: tenantID, until: deadline)
        let profile = try await read("look for tenant \(tenantID)", until: deadline) { central in
            guard let rule = sql.table.live else { return CentralRow?.none }
            return try sql.rows(sql.live(rule), [.text(tenantID)], from: central).first
        }
        do {
            return TenantTraces(profile: profile, dataset: try await status)
        } catch {
            throw WarehouseError(error, doing: "look for dataset \(tenantID)")
        }
    }
}

private struct StoredColumn {
    let type: String
    let isRequired: Bool
}

private func defect(of column: Column, in table: CentralTable, found: StoredColumn?) -> CentralDefect? {
    guard let found else { return .missingColumn(table: table.name, column: column) }
    let isRequired = column.isRequired || column.type == .strings
    guard found.type != column.type.storedType || found.isRequired != isRequired else { return nil }
    return .differentColumn(table: table.name, column: column, found: found.type + (found.isRequired ? " NOT NULL" : ""))
}
