// SPDX-License-Identifier: Apache-2.0
import CSQLite

/// The statements that a connection keeps prepared: one for each text that it has run, so bounded by the program's text.
struct StatementCache {
    /// With the text itself: as long as it is held, no other one can have its address.
    private var statements: [SQL.Identity: (sql: SQL, statement: Statement)] = [:]

    /// The prepared statement of `sql`. While that is in use, as inside its own `forEach`, a fresh copy that is not kept.
    mutating func take(_ sql: SQL, on database: OpaquePointer) throws(SQLiteError) -> Statement {
        if let identity = sql.identity, let kept = statements[identity]?.statement, !kept.isInUse {
            kept.isInUse = true
            return kept
        }
        let statement = try Statement(preparing: sql.text, on: database, flags: UInt32(SQLITE_PREPARE_PERSISTENT))
        if let identity = sql.identity, statements[identity] == nil {
            statement.isInUse = true
            statements[identity] = (sql, statement)
        }
        return statement
    }
}
