// SPDX-License-Identifier: Apache-2.0
import SQLite
import Time
import Warehouse

extension EmbeddedWarehouse {
    @discardableResult
    public func insert(_ row: CentralRow, until deadline: BootTime) async throws(WarehouseError) -> Insertion {
        let sql = CentralSQL(table: row.table)
        let values = row.values.map(\.stored)
        return try await write("insert into \(row.table.name)", until: deadline) { central in
            if try central.prepare(sql.insert).run(with: values) == 1 { return .inserted }
            if try central.prepare(sql.contains).run(with: values) == 1 { return .alreadyThere }
            throw WarehouseError.duplicate(row)
        }
    }

    public func update(
        _ identity: CentralIdentity, set values: [String: WarehouseValue], until deadline: BootTime
    ) async throws(WarehouseError) {
        let sql = CentralSQL(table: identity.table)
        let changes = try identity.table.changes(values)
        let arguments = changes.map(\.value.stored) + identity.values.map(\.stored)
        try await write("update \(identity.table.name)", until: deadline) { central in
            let statement = changes.isEmpty ? sql.containsIdentity : sql.update(changes.map(\.column.name))
            guard try central.prepare(statement).run(with: arguments) == 1 else { throw WarehouseError.noRow(identity) }
        }
    }

    @discardableResult
    public func delete(_ row: CentralRow, until deadline: BootTime) async throws(WarehouseError) -> Removal {
        let sql = CentralSQL(table: row.table)
        let values = row.values.map(\.stored)
        let identity = row.identity.values.map(\.stored)
        return try await write("delete from \(row.table.name)", until: deadline) { central in
            if try central.prepare(sql.delete).run(with: values) == 1 { return .removed }
            return try central.prepare(sql.containsIdentity).run(with: identity) == 0 ? .notThere : .anothers
        }
    }

    public func rows(
        in table: CentralTable, of tenantID: String, until deadline: BootTime
    ) async throws(WarehouseError) -> [CentralRow] {
        let sql = CentralSQL(table: table)
        return try await read("read \(table.name)", until: deadline) { central in
            try sql.rows(sql.ofTenant, [.text(tenantID)], from: central)
        }
    }

    public func profiles(
        after id: String?, limit: Int, until deadline: BootTime
    ) async throws(WarehouseError) -> [CentralRow] {
        let sql = CentralSQL(table: CentralSchema.profiles)
        return try await read("list \(sql.table.name)", until: deadline) { central in
            let page = try sql.rows(sql.afterTenant, [.text(id ?? ""), .integer(Int64(max(limit, 0)))], from: central)
            guard let last = page.last else { return [] }
            let whole = try sql.rows(sql.ofTenant, [.text(last.tenantID)], from: central)
            return page.filter { $0.tenantID.lowercased() != last.tenantID.lowercased() } + whole
        }
    }
}

extension CentralTable {
    /// The new values with their columns, in the table's order.
    /// - Throws: `schema_mismatch`.
    fileprivate func changes(
        _ values: [String: WarehouseValue]
    ) throws(WarehouseError) -> [(column: Column, value: WarehouseValue)] {
        let check = RowCheck(table: name, columns: columns)
        for name in values.keys.sorted() where position(of: name) == nil || identity.contains(name) {
            let reason: SchemaMismatch.Reason = identity.contains(name) ? .partOfIdentity : .unknownColumn
            throw WarehouseError(SchemaMismatch(table: self.name, row: 1, column: name, reason: reason))
        }
        var changes: [(column: Column, value: WarehouseValue)] = []
        for column in columns {
            guard let value = values[column.name] else { continue }
            changes.append((column, try check.value(value, for: column, row: 1)))
        }
        return changes
    }
}

extension WarehouseError {
    fileprivate static func duplicate(_ row: CentralRow) -> WarehouseError {
        let message = "\(row.table.name) holds another row for tenant \(row.tenantID) already; this one was not added"
        return WarehouseError(.duplicate, message, retry: .never)
    }

    fileprivate static func noRow(_ identity: CentralIdentity) -> WarehouseError {
        let columns = identity.table.identity.joined(separator: ", ")
        return WarehouseError(.notFound, "\(identity.table.name) has no row with this \(columns)", retry: .never)
    }
}
