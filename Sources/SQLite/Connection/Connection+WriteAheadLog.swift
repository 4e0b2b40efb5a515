// SPDX-License-Identifier: Apache-2.0
import CSQLite

/// How far a checkpoint came.
public struct Checkpoint: Sendable, Equatable {
    /// How hard to try (c3ref/wal_checkpoint_v2.html).
    public enum Mode: Sendable {
        /// As much as is possible without waiting for anybody.
        case passive
        /// All of it, waiting for readers up to the busy time-out, and the log cut to nothing.
        case truncate
    }

    public let walPages: Int
    public let checkpointed: Int
}

extension Connection {
    /// Copies pages from the write-ahead log into the database file. See `Connection` on who may call this.
    @discardableResult
    public func checkpoint(_ mode: Checkpoint.Mode) throws(SQLiteError) -> Checkpoint {
        let number = mode == .passive ? SQLITE_CHECKPOINT_PASSIVE : SQLITE_CHECKPOINT_TRUNCATE
        var walPages: Int32 = 0
        var checkpointed: Int32 = 0
        let code = sqlite3_wal_checkpoint_v2(handle, "main", number, &walPages, &checkpointed)
        guard code == SQLITE_OK else { throw SQLiteError(code, on: handle) }
        hooks.walPages = max(0, Int(walPages))
        return Checkpoint(walPages: max(0, Int(walPages)), checkpointed: max(0, Int(checkpointed)))
    }

    /// Pages in the write-ahead log after this connection's last commit or checkpoint.
    public var walPages: Int { hooks.walPages }

    /// Commits of this connection that wrote to the write-ahead log.
    public var walCommits: Int { hooks.walCommits }

    /// Lets the last connection to a file empty its log and remove it at close. Nobody else is there then, so nothing can race.
    func allowCheckpointOnClose() throws(SQLiteError) {
        let code = onboardd_sqlite_set_option(handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 0)
        guard code == SQLITE_OK else { throw SQLiteError(code, on: handle) }
    }
}
