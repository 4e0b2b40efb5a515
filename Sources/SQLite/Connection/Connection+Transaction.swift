// SPDX-License-Identifier: Apache-2.0
import CSQLite

extension Connection {
    /// A transaction is open. SQLite ends one by itself on some errors (full disk, I/O, memory), so this is asked after an error,
    /// not remembered.
    public var isInTransaction: Bool { sqlite3_get_autocommit(handle) == 0 }

    /// Runs `body` between BEGIN IMMEDIATE and COMMIT. Any error rolls back and is thrown on. Transactions do not nest.
    public func transaction<T>(_ body: () throws -> T) throws -> T {
        try between("BEGIN IMMEDIATE", body)
    }

    /// Runs `body` on one snapshot of the database.
    func snapshot<T>(_ body: () throws -> T) throws -> T {
        try between("BEGIN", body)
    }

    private func between<T>(_ begin: SQL, _ body: () throws -> T) throws -> T {
        try execute(begin, [])
        do {
            let result = try body()
            try execute("COMMIT", [])
            return result
        } catch {
            try rollBackIfNeeded()
            throw error
        }
    }

    /// Foreign keys that COMMIT would find broken.
    var hasBrokenForeignKeys: Bool {
        var broken: Int32 = 0
        var highest: Int32 = 0
        return sqlite3_db_status(handle, SQLITE_DBSTATUS_DEFERRED_FKS, &broken, &highest, 0) == SQLITE_OK && broken != 0
    }

    func rollBackIfNeeded() throws(SQLiteError) {
        if isInTransaction { try execute("ROLLBACK", []) }
    }
}
