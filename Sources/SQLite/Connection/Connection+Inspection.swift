// SPDX-License-Identifier: Apache-2.0
import CSQLite

extension Connection {
    /// The rowid of the last row that this connection inserted, not counting those of triggers.
    public var lastInsertRowID: Int64 { sqlite3_last_insert_rowid(handle) }

    /// Tells `observer` the text of each statement as it begins to run, never the values bound to it; nil tells nobody.
    public func observeStatements(_ observer: ((String) -> Void)?) {
        hooks.statementObserver = observer
        guard observer != nil else {
            sqlite3_trace_v2(handle, 0, nil, nil)
            return
        }
        sqlite3_trace_v2(
            handle, UInt32(SQLITE_TRACE_STMT),
            { _, context, statement, _ in
                guard let context, let statement, let sql = sqlite3_sql(OpaquePointer(statement)) else { return 0 }
                Unmanaged<Hooks>.fromOpaque(context).takeUnretainedValue().statementObserver?(String(cString: sql))
                return 0
            },
            hooks.address)
    }

    /// How SQLite would run `sql`, one line a step (EXPLAIN QUERY PLAN): for tests that a statement uses its index.
    public func queryPlan(of sql: SQL) throws(SQLiteError) -> [String] {
        let statement = try prepare("EXPLAIN QUERY PLAN " + sql.text)
        var lines: [String] = []
        while let row = try statement.step() { lines.append(row.text(3)) }
        return lines
    }

    /// Reads the whole file. Empty when all is well; otherwise about a hundred findings at most. Damage that ends the check
    /// itself is a finding too.
    public func integrityCheck() throws(SQLiteError) -> [String] {
        var findings: [String] = []
        do {
            let statement = try prepare("PRAGMA integrity_check")
            while let row = try statement.step() { findings.append(row.text(0)) }
        } catch {
            guard error.isCorrupt else { throw error }
            findings.append(error.message)
        }
        return findings == ["ok"] ? [] : findings
    }
}
