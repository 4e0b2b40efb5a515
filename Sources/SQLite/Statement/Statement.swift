// SPDX-License-Identifier: Apache-2.0
import CSQLite

/// A prepared statement. Used where its connection is used, and nowhere else.
///
/// `Connection.run`, `first`, `all` and `forEach` are the way for the program's own SQL; this is the way for SQL that came
/// from elsewhere: bind, step through the rows, let go.
public final class Statement {
    let handle: OpaquePointer
    /// Out of the connection's cache and not yet given back: whoever wants the same SQL now needs a copy.
    var isInUse = false
    /// Grows with every step and reset, so that a row can tell that it is over.
    private(set) var position = 0

    init(adopting handle: OpaquePointer) {
        self.handle = handle
    }

    deinit {
        // Returns the last step's error once more; who stepped has thrown it.
        sqlite3_finalize(handle)
    }

    public var sql: String { String(cString: sqlite3_sql(handle)) }
    public var parameterCount: Int { Int(sqlite3_bind_parameter_count(handle)) }
    public var columnCount: Int { Int(sqlite3_column_count(handle)) }
    /// Makes no direct change to the database file (stmt_readonly.html). BEGIN, COMMIT and ATTACH count as read-only.
    public var isReadOnly: Bool { sqlite3_stmt_readonly(handle) != 0 }

    public func columnName(_ column: Int) -> String {
        sqlite3_column_name(handle, Int32(column)).map { String(cString: $0) } ?? ""
    }

    /// The type that the table declares for the column; nil for an expression.
    public func columnDeclaredType(_ column: Int) -> String? {
        sqlite3_column_decltype(handle, Int32(column)).map { String(cString: $0) }
    }

    /// The next row, valid until the next `step` or `reset`; nil after the last.
    public func step() throws(SQLiteError) -> Row? {
        switch advance() {
        case SQLITE_ROW: return Row(statement: self)
        case SQLITE_DONE: return nil
        case let code: throw SQLiteError(code, of: handle)
        }
    }

    /// Back to the beginning, for another run with the same values.
    public func reset() {
        // Returns the last step's error once more; `step` has thrown it.
        _ = rewind()
    }

    func advance() -> Int32 {
        position &+= 1
        return sqlite3_step(handle)
    }

    func rewind() -> Int32 {
        position &+= 1
        return sqlite3_reset(handle)
    }
}

@available(*, unavailable, message: "A statement belongs to its connection's queue")
extension Statement: Sendable {}
