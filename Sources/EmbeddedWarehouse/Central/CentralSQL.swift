// SPDX-License-Identifier: Apache-2.0
import SQLite
import Warehouse

/// The statements on a central table's rows, derived from its declaration. Values are bound, in the order of the columns.
struct CentralSQL: Sendable {
    let table: CentralTable

    /// Yields a row if it inserted one. By the primary key and, where there is one, the unique index of live rows.
    var insert: String {
        let places = table.columns.indices.map { "?\($0 + 1)" }.joined(separator: ", ")
        return "INSERT INTO main.\(table.name) (\(columns)) VALUES (\(places)) ON CONFLICT DO NOTHING RETURNING 1"
    }

    /// Yields a row if exactly this one is there. By the primary key.
    var contains: String { "SELECT 1 FROM main.\(table.name) WHERE \(isThisRow)" }

    /// Yields a row if exactly this one was there. By the primary key.
    var delete: String { "DELETE FROM main.\(table.name) WHERE \(isThisRow) RETURNING 1" }

    /// The identity is bound in its own order. By the primary key.
    var containsIdentity: String { "SELECT 1 FROM main.\(table.name) WHERE \(isIdentity(from: 1))" }

    /// The new values first, then the identity. By the primary key.
    func update(_ changed: [String]) -> String {
        let settings = changed.enumerated().map { "\($1) = ?\($0 + 1)" }.joined(separator: ", ")
        return "UPDATE main.\(table.name) SET \(settings) WHERE \(isIdentity(from: changed.count + 1)) RETURNING 1"
    }

    /// A tenant's rows. By the primary key.
    var ofTenant: String {
        "SELECT \(columns) FROM main.\(table.name) WHERE tenant_id = ?1 ORDER BY \(order)"
    }

    /// The live row of a tenant. By the unique index of live rows.
    func live(_ rule: CentralTable.LiveRule) -> String {
        "SELECT \(columns) FROM main.\(table.name) WHERE tenant_id = ?1 AND \(rule.column) <> '\(rule.ended)'"
    }

    /// At most ?2 rows of the tenants after ?1. By the primary key.
    var afterTenant: String {
        "SELECT \(columns) FROM main.\(table.name) WHERE tenant_id > ?1 ORDER BY \(order) LIMIT ?2"
    }

    /// The rows that a statement above selects.
    func rows(_ sql: String, _ arguments: [Value], from connection: Connection) throws -> [CentralRow] {
        var rows: [CentralRow] = []
        try connection.prepare(sql).forEach(with: arguments) { row in
            let values = table.columns.enumerated().map { WarehouseValue(stored: row.value($0), as: $1.type) }
            rows.append(try CentralRow(table, inOrder: values))
            return true
        }
        return rows
    }

    private var columns: String { table.columns.map(\.name).joined(separator: ", ") }

    private var order: String { table.identity.joined(separator: ", ") }

    private var isThisRow: String {
        table.columns.enumerated().map { position, column in
            "\(column.name) \(table.identity.contains(column.name) ? "=" : "IS") ?\(position + 1)"
        }.joined(separator: " AND ")
    }

    private func isIdentity(from first: Int) -> String {
        table.identity.enumerated().map { "\($1) = ?\(first + $0)" }.joined(separator: " AND ")
    }
}
