// SPDX-License-Identifier: Apache-2.0
import CSQLite

extension Connection {
    /// Runs a statement to its end.
    /// - Returns: the rows that an INSERT, UPDATE or DELETE changed itself, without those of triggers and foreign keys; 0 for any
    ///   other statement.
    @discardableResult
    public func run(_ sql: SQL, _ arguments: (any Bindable)?...) throws(SQLiteError) -> Int {
        let before = sqlite3_total_changes64(handle)
        try execute(sql, arguments)
        // SQLite keeps the last count through statements that change nothing.
        return sqlite3_total_changes64(handle) == before ? 0 : Int(sqlite3_changes64(handle))
    }

    /// The first row, mapped; nil where there is none.
    public func first<T>(_ sql: SQL, _ arguments: (any Bindable)?..., as map: (Row) throws -> T) throws -> T? {
        var result: T?
        try withStatement(sql) { statement in
            try statement.forEach(arguments) { row in
                result = try map(row)
                return false
            }
        }
        return result
    }

    public func all<T>(_ sql: SQL, _ arguments: (any Bindable)?..., as map: (Row) throws -> T) throws -> [T] {
        var results: [T] = []
        try withStatement(sql) { statement in
            try statement.forEach(arguments) { row in
                results.append(try map(row))
                return true
            }
        }
        return results
    }

    /// Calls `body` for each row as it is found. The same SQL may be run inside.
    public func forEach(_ sql: SQL, _ arguments: (any Bindable)?..., do body: (Row) throws -> Void) throws {
        try withStatement(sql) { statement in
            try statement.forEach(arguments) { row in
                try body(row)
                return true
            }
        }
    }

    /// Runs the statements of a trusted text (a migration, a template) one after the other, and stops at the first that fails;
    /// what came before stays done unless the caller holds a transaction.
    public func executeScript(_ script: String) throws(SQLiteError) {
        guard !script.utf8.contains(0) else {
            throw SQLiteError(code: SQLITE_ERROR, message: "the script holds a NUL byte: remove it")
        }
        var failure: SQLiteError?
        var script = script
        script.withUTF8 { failure = runStatements(of: $0) }
        if let failure { throw failure }
    }

    /// Prepares SQL that a caller gave; it is not kept. Exactly one statement is taken. Set an authorizer and limits first.
    public func prepare(_ text: String) throws(SQLiteError) -> Statement {
        try Statement(preparing: text, on: handle)
    }

    private func runStatements(of script: UnsafeBufferPointer<UInt8>) -> SQLiteError? {
        var rest = script
        while !rest.isEmpty {
            let prepared = Prepared.parse(rest, on: handle, flags: 0)
            guard prepared.code == SQLITE_OK else {
                return SQLiteError(prepared.code, on: handle, sql: String(decoding: rest.prefix(200), as: UTF8.self))
            }
            rest = UnsafeBufferPointer(rebasing: rest[max(prepared.length, 1)...])
            guard let statement = prepared.handle.map(Statement.init(adopting:)) else { continue }
            do {
                try statement.run([])
            } catch {
                return error
            }
        }
        return nil
    }
}
