// SPDX-License-Identifier: Apache-2.0
import CSQLite

/// What SQLite calls back into, for one connection. SQLite gets this object's address, so the connection keeps it alive.
final class Hooks {
    /// Pages in the write-ahead log after the last commit.
    var walPages = 0
    /// Commits that wrote to the write-ahead log.
    var walCommits = 0
    var authorizer: ((AuthorizerAction) -> AuthorizerDecision)?
    var shouldInterrupt: (() -> Bool)?
    var statementObserver: ((String) -> Void)?

    /// Taking the WAL hook also takes the place of SQLite's automatic checkpoint, which is one (c3ref/wal_hook.html).
    func attach(to database: OpaquePointer) {
        let count: @convention(c) (UnsafeMutableRawPointer?, OpaquePointer?, UnsafePointer<CChar>?, Int32) -> Int32 = {
            context, _, _, pages in
            guard let context else { return SQLITE_OK }
            let hooks = Unmanaged<Hooks>.fromOpaque(context).takeUnretainedValue()
            hooks.walPages = Int(pages)
            hooks.walCommits += 1
            return SQLITE_OK
        }
        sqlite3_wal_hook(database, count, address)
    }

    func detach(from database: OpaquePointer) {
        sqlite3_wal_hook(database, nil, nil)
        sqlite3_set_authorizer(database, nil, nil)
        sqlite3_progress_handler(database, 0, nil, nil)
        sqlite3_trace_v2(database, 0, nil, nil)
    }

    var address: UnsafeMutableRawPointer { Unmanaged.passUnretained(self).toOpaque() }
}
