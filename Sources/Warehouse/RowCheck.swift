// SPDX-License-Identifier: Apache-2.0
import Time

/// Decides whether rows fit a table, before any of them is written.
public struct RowCheck: Sendable {
    public let table: String
    public let columns: [Column]

    public init(table: String, columns: [Column]) {
        self.table = table
        self.columns = columns
    }

    /// The row's values in the order of the columns, converted where nothing is lost by it.
    /// - Parameter row: its number, from 1, for the error.
    /// - Throws: `schema_mismatch` for the first column, in the table's order, that doesn't fit; a column that the
    ///   table doesn't have comes before these.
    public func values(of named: [String: WarehouseValue], row: Int) throws(WarehouseError) -> [WarehouseValue] {
        if let unknown = named.keys.filter({ name in !columns.contains { $0.name == name } }).min() {
            throw WarehouseError(SchemaMismatch(table: table, row: row, column: unknown, reason: .unknownColumn))
        }
        var values: [WarehouseValue] = []
        values.reserveCapacity(columns.count)
        for column in columns {
            values.append(try value(named[column.name] ?? .null, for: column, row: row))
        }
        return values
    }

    /// One value as the column keeps it.
    public func value(_ value: WarehouseValue, for column: Column, row: Int) throws(WarehouseError) -> WarehouseValue {
        guard let type = value.type else {
            guard !column.isRequired else {
                throw WarehouseError(
                    SchemaMismatch(table: table, row: row, column: column.name, reason: .missingRequired))
            }
            return column.type == .strings ? .strings([]) : .null
        }
        guard let converted = value.converted(to: column.type) else {
            throw WarehouseError(
                SchemaMismatch(
                    table: table, row: row, column: column.name,
                    reason: .wrongType(expected: column.type, found: type.rawValue)))
        }
        return converted
    }
}

extension WarehouseValue {
    /// The same value in another type, as a load of JSON reads it: times and dates from their text, a number from an
    /// integer. nil where it would lose or guess something.
    public func converted(to type: ColumnType) -> WarehouseValue? {
        if self.type == type { return self }
        return switch (self, type) {
        case (.string(let text), .timestamp): WarehouseValue(timestampText: text)
        case (.string(let text), .date): UTCDate(text: text).map(WarehouseValue.date)
        case (.string(let text), .json): .json(text)
        case (.integer(let number), .double): Double(exactly: number).map(WarehouseValue.double)
        case (.integer(0), .bool): .bool(false)
        case (.integer(1), .bool): .bool(true)
        default: nil
        }
    }
}
