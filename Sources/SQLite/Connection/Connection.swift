// SPDX-License-Identifier: Apache-2.0
import CSQLite

/// One connection to a database file, used by one thread at a time: it is not `Sendable`, so the compiler confines it.
///
/// It never checkpoints by itself, neither after a commit nor at its end: SQLite before 3.51.3 can corrupt a WAL database when
/// a checkpoint on one connection races a commit on another. `Writer` checkpoints where no race is possible.
public final class Connection {
    public enum Mode: Sendable {
        case readOnly
        case readWrite
        /// Read and write; a file that is missing is made.
        case create
    }

    public let path: String
    let handle: OpaquePointer
    let hooks = Hooks()
    private var statements = StatementCache()

    /// - Parameters:
    ///   - busyTimeoutMilliseconds: how long a statement waits for another connection's lock before it fails as busy.
    ///   - vfs: the name of the VFS that does the file I/O; nil for SQLite's own.
    public init(
        path: String, mode: Mode, busyTimeoutMilliseconds: Int = 5000, vfs: String? = nil
    ) throws(SQLiteError) {
        self.path = path
        handle = try Self.open(path, mode: mode, vfs: vfs)
        let code = configure(busyTimeoutMilliseconds: busyTimeoutMilliseconds)
        guard code == SQLITE_OK else { throw SQLiteError(code, on: handle) }
    }

    deinit {
        hooks.detach(from: handle)
        // v2: a statement that is still alive keeps the file open until it ends.
        sqlite3_close_v2(handle)
    }

    /// Lends the prepared statement of `sql` to `body`.
    func withStatement(_ sql: SQL, _ body: (Statement) throws -> Void) throws {
        let statement = try statements.take(sql, on: handle)
        defer { statement.isInUse = false }
        try body(statement)
    }

    /// As `withStatement`, for the statement's own errors only.
    func execute(_ sql: SQL, _ arguments: [(any Bindable)?]) throws(SQLiteError) {
        let statement = try statements.take(sql, on: handle)
        defer { statement.isInUse = false }
        try statement.run(arguments)
    }

    private func configure(busyTimeoutMilliseconds: Int) -> Int32 {
        hooks.attach(to: handle)
        let options: [(Int32, Int32)] = [
            (SQLITE_DBCONFIG_DEFENSIVE, 1),
            (SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0),
            (SQLITE_DBCONFIG_DQS_DML, 0),
            (SQLITE_DBCONFIG_DQS_DDL, 0),
            (SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1),
        ]
        for (option, on) in options {
            let code = onboardd_sqlite_set_option(handle, option, on)
            guard code == SQLITE_OK else { return code }
        }
        return sqlite3_busy_timeout(handle, Int32(clamping: busyTimeoutMilliseconds))
    }
}

@available(*, unavailable, message: "A connection belongs to one queue: reach it through Writer or ReaderPool")
extension Connection: Sendable {}

extension Connection {
    /// Set once, before the first connection. Refused where something else in the process has used SQLite already: then the
    /// allocations are counted, which costs time and harms nothing.
    private static let memoryStatistics = onboardd_sqlite_disable_memory_statistics()

    private static func open(_ path: String, mode: Mode, vfs: String?) throws(SQLiteError) -> OpaquePointer {
        _ = memoryStatistics
        // SQLite reads a name that begins so as a URI with options in it; a path is only ever a path.
        let name = path.hasPrefix("file:") ? "./" + path : path
        var handle: OpaquePointer?
        let code = sqlite3_open_v2(name, &handle, mode.flags, vfs)
        guard code == SQLITE_OK, let handle else {
            let failure = SQLiteError(code, on: handle)
            sqlite3_close_v2(handle)
            throw SQLiteError(code: code, message: "open \(path): \(failure.message)")
        }
        return handle
    }
}

extension Connection.Mode {
    /// NOMUTEX: one thread at a time is our promise. PRIVATECACHE: no page cache shared with another connection.
    fileprivate var flags: Int32 {
        let common = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE | SQLITE_OPEN_EXRESCODE
        return switch self {
        case .readOnly: common | SQLITE_OPEN_READONLY
        case .readWrite: common | SQLITE_OPEN_READWRITE
        case .create: common | SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
        }
    }
}
