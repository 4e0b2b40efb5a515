// SPDX-License-Identifier: Apache-2.0

/// One row of a central table. It fits its table: that was checked when it was made.
public struct CentralRow: Hashable, Sendable {
    public let table: CentralTable
    /// In the order of the table's columns.
    public let values: [WarehouseValue]

    /// Columns that are not named are NULL, arrays empty.
    /// - Throws: `schema_mismatch` naming the column.
    public init(_ table: CentralTable, _ values: [String: WarehouseValue]) throws(WarehouseError) {
        self.table = table
        self.values = try RowCheck(table: table.name, columns: table.columns).values(of: values, row: 1)
    }

    /// A row as it was read, in the order of the columns.
    /// - Throws: `schema_mismatch` naming the column, also where there are too few values.
    public init(_ table: CentralTable, inOrder values: [WarehouseValue]) throws(WarehouseError) {
        let named = Dictionary(zip(table.columns.map(\.name), values)) { first, _ in first }
        try self.init(table, named)
    }

    /// `null` for a column that the table does not have.
    public subscript(_ column: String) -> WarehouseValue {
        table.position(of: column).map { values[$0] } ?? .null
    }

    public var identity: CentralIdentity {
        CentralIdentity(table: table, values: table.identity.map { self[$0] })
    }

    public var tenantID: String {
        guard case .string(let id) = self["tenant_id"] else { return "" }
        return id
    }
}

/// What names one row of a central table.
public struct CentralIdentity: Hashable, Sendable {
    public let table: CentralTable
    /// In the order of the table's identity: the tenant's id first.
    public let values: [WarehouseValue]

    /// - Throws: `schema_mismatch` for a column of the identity that is missing, and for any other column.
    public init(_ table: CentralTable, _ values: [String: WarehouseValue]) throws(WarehouseError) {
        let columns = table.identity.compactMap { name in table.columns.first { $0.name == name } }
        self.table = table
        self.values = try RowCheck(table: table.name, columns: columns).values(of: values, row: 1)
    }

    init(table: CentralTable, values: [WarehouseValue]) {
        self.table = table
        self.values = values
    }
}
