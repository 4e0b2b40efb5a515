// SPDX-License-Identifier: Apache-2.0
import CSQLite

extension Connection {
    /// The bytes that the database would have as a file, in rollback-journal mode if it lives in memory: a template once
    /// built can be written out again and again (c3ref/serialize.html).
    public func image() throws(SQLiteError) -> [UInt8] {
        var size: Int64 = 0
        guard let bytes = sqlite3_serialize(handle, "main", &size, 0) else {
            throw SQLiteError(code: SQLITE_NOMEM, message: "\(path): no memory for an image of the database")
        }
        defer { sqlite3_free(bytes) }
        return Array(UnsafeBufferPointer(start: bytes, count: Int(size)))
    }
}
