// SPDX-License-Identifier: Apache-2.0
import CSQLite

/// The row that a statement stands on. Valid only inside the closure that got it, or until the next `step`: a later use stops
/// the program rather than reading another row.
///
/// Columns count from 0. A number or text accessor converts as SQLite does (c3ref/column_blob.html): a NULL reads as 0 or "".
/// Ask the `optional` ones where a column may be NULL.
public struct Row {
    private let statement: Statement
    private let position: Int

    init(statement: Statement) {
        self.statement = statement
        self.position = statement.position
    }

    public var columnCount: Int { statement.columnCount }

    public func columnName(_ column: Int) -> String { statement.columnName(column) }

    public func isNull(_ column: Int) -> Bool { sqlite3_column_type(handle, index(column)) == SQLITE_NULL }

    public func int(_ column: Int) -> Int { Int(int64(column)) }

    public func int64(_ column: Int) -> Int64 { sqlite3_column_int64(handle, index(column)) }

    public func double(_ column: Int) -> Double { sqlite3_column_double(handle, index(column)) }

    /// Bytes that are no UTF-8 read as U+FFFD.
    public func text(_ column: Int) -> String {
        // The order matters: text first, then its length (it may have to be converted).
        guard let start = sqlite3_column_text(handle, index(column)) else { return "" }
        let count = Int(sqlite3_column_bytes(handle, index(column)))
        return String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
    }

    public func blob(_ column: Int) -> [UInt8] {
        guard let start = sqlite3_column_blob(handle, index(column)) else { return [] }
        let count = Int(sqlite3_column_bytes(handle, index(column)))
        return Array(UnsafeRawBufferPointer(start: start, count: count))
    }

    public func optionalInt(_ column: Int) -> Int? { isNull(column) ? nil : int(column) }

    public func optionalInt64(_ column: Int) -> Int64? { isNull(column) ? nil : int64(column) }

    public func optionalDouble(_ column: Int) -> Double? { isNull(column) ? nil : double(column) }

    public func optionalText(_ column: Int) -> String? { isNull(column) ? nil : text(column) }

    public func optionalBlob(_ column: Int) -> [UInt8]? { isNull(column) ? nil : blob(column) }

    /// The value as it is stored, without conversion.
    public func value(_ column: Int) -> Value {
        switch sqlite3_column_type(handle, index(column)) {
        case SQLITE_INTEGER: .integer(int64(column))
        case SQLITE_FLOAT: .real(double(column))
        case SQLITE_TEXT: .text(text(column))
        case SQLITE_BLOB: .blob(blob(column))
        default: .null
        }
    }

    private var handle: OpaquePointer {
        precondition(position == statement.position, "a row was used after its statement had moved on")
        return statement.handle
    }

    private func index(_ column: Int) -> Int32 {
        assert(column >= 0 && column < columnCount, "column \(column) of \(columnCount) in: \(statement.sql)")
        return Int32(truncatingIfNeeded: column)
    }
}

@available(*, unavailable, message: "A row is valid only inside the closure that got it")
extension Row: Sendable {}
