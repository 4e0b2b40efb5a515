// SPDX-License-Identifier: Apache-2.0
import CSQLite

extension Connection {
    /// Lends the statement of `sql`, which the connection keeps prepared, for callers that need its columns or an array of
    /// values: `Statement.forEach(with:while:)` leaves it ready for the next one.
    public func withKeptStatement<T>(_ sql: SQL, _ body: (Statement) throws -> T) throws -> T {
        var result: T?
        try withStatement(sql) { result = try body($0) }
        guard let result else { throw SQLiteError(code: SQLITE_MISUSE, message: "no statement was lent", sql: sql.text) }
        return result
    }
}
