// SPDX-License-Identifier: Apache-2.0
import CSQLite
import Glibc

/// A failure that SQLite reported. Carries the statement's text, never the values bound to it.
public struct SQLiteError: Error, Sendable, Equatable {
    /// What kind of failure: the low byte of `extendedCode`.
    public let code: Code
    /// SQLite's extended result code (rescode.html).
    public let extendedCode: Int32
    public let message: String
    /// The statement as written, with its `?`. Nil where no statement was involved.
    public let sql: String?

    /// A row with the same key is there already.
    public var isUniqueViolation: Bool { onboardd_sqlite_is_unique_violation(extendedCode) != 0 }
    /// The disk, or the database's own page limit, is full.
    public var isFull: Bool { code == .full }
    public var isIOError: Bool { code == .ioError }
    /// The file is damaged, or no database at all.
    public var isCorrupt: Bool { code == .corrupt || code == .notADatabase }
    /// Another connection held a lock for longer than the busy time-out.
    public var isBusy: Bool { code == .busy || code == .locked }
    public var isOutOfMemory: Bool { code == .outOfMemory }
    public var isReadOnly: Bool { code == .readOnly }
    /// Stopped by a deadline.
    public var isInterrupted: Bool { code == .interrupted }
}

extension SQLiteError: CustomStringConvertible {
    public var description: String {
        "SQLite: \(message) (\(extendedCode))" + (sql.map { " in: \($0)" } ?? "")
    }
}

extension SQLiteError {
    init(code extendedCode: Int32, message: String, sql: String? = nil) {
        self.code = Code(extendedCode: extendedCode)
        self.extendedCode = extendedCode
        self.message = message
        self.sql = sql
    }

    /// The failure of the last call on `database`, which returned `code`.
    init(_ code: Int32, on database: OpaquePointer?, sql: String? = nil) {
        var message = String(cString: sqlite3_errstr(code))
        if let database, sqlite3_extended_errcode(database) == code {
            message = String(cString: sqlite3_errmsg(database))
        }
        if let database, let cause = Self.systemCause(of: code, on: database) {
            message += ": \(cause)"
        }
        self.init(code: code, message: message, sql: sql)
    }

    /// The failure of the last call on `statement`, which returned `code`.
    init(_ code: Int32, of statement: OpaquePointer) {
        self.init(code, on: sqlite3_db_handle(statement), sql: sqlite3_sql(statement).map { String(cString: $0) })
    }

    /// The operating system's reason, where SQLite keeps one: "disk I/O error" alone tells an operator little.
    private static func systemCause(of code: Int32, on database: OpaquePointer) -> String? {
        guard [.ioError, .cannotOpen].contains(Code(extendedCode: code)) else { return nil }
        let number = sqlite3_system_errno(database)
        return number == 0 ? nil : String(cString: strerror(number))
    }
}
