// SPDX-License-Identifier: Apache-2.0
import CSQLite

extension Connection {
    /// Opens or makes the file as the one write connection wants it.
    convenience init(writing path: String, options: Writer.Options) throws(SQLiteError) {
        try self.init(
            path: path, mode: .create, busyTimeoutMilliseconds: options.busyTimeoutMilliseconds, vfs: options.vfs)
        // The page size comes first: it is fixed once the file has its first page, as the switch to WAL gives it.
        try executeScript("PRAGMA page_size = \(options.pageSize)")
        let mode = try pragma("PRAGMA journal_mode = WAL")
        guard mode == "wal" else {
            let message = "\(path): the journal mode stays '\(mode)', not 'wal': keep the file on a local disk"
            throw SQLiteError(code: SQLITE_CANTOPEN, message: message)
        }
        try executeScript(
            """
            PRAGMA synchronous = FULL;
            PRAGMA foreign_keys = ON;
            PRAGMA secure_delete = FAST;
            PRAGMA cache_size = -\(options.cacheKiB);
            PRAGMA mmap_size = \(options.mmapBytes);
            PRAGMA journal_size_limit = \(options.walSizeLimitBytes);
            """)
    }

    private func pragma(_ text: String) throws(SQLiteError) -> String {
        try prepare(text).step()?.text(0) ?? ""
    }
}
