// SPDX-License-Identifier: Apache-2.0
import SQLite
import Warehouse

/// Takes a statement's rows up to a number of rows and of bytes; what lies beyond is `truncated`.
struct ResultCollector {
    let rows: Int
    let bytes: Int

    /// - Parameter columns: the types of columns by name. Others are typed as their table declares them, and
    ///   expressions as their first value is.
    func collect(_ statement: Statement, with arguments: [Value] = [], typed columns: [Column] = []) throws -> ResultTable {
        let known = Dictionary(columns.map { ($0.name, $0.type) }) { first, _ in first }
        let names = (0..<statement.columnCount).map(statement.columnName)
        var types = names.indices.map { position in
            known[names[position]] ?? statement.columnDeclaredType(position).flatMap(ColumnType.init(declared:))
        }
        var found: [[WarehouseValue]] = []
        var left = bytes
        var truncated = false
        try statement.forEach(with: arguments) { row in
            var values: [WarehouseValue] = []
            values.reserveCapacity(names.count)
            for position in names.indices {
                let stored = row.value(position)
                left -= stored.weight
                values.append(WarehouseValue(stored: stored, as: types[position]))
            }
            guard found.count < rows, left >= 0 else {
                truncated = true
                return false
            }
            for position in names.indices where types[position] == nil { types[position] = values[position].type }
            found.append(values)
            return true
        }
        let headings = zip(names, types).map { ResultTable.Heading(name: $0, type: $1 ?? .string) }
        return ResultTable(columns: headings, rows: found, truncated: truncated)
    }
}

extension Value {
    /// Bytes that it takes in an answer, nearly.
    fileprivate var weight: Int {
        switch self {
        case .null, .integer, .real: 8
        case .text(let text): text.utf8.count
        case .blob(let bytes): bytes.count
        }
    }
}
