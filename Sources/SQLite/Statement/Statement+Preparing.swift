// SPDX-License-Identifier: Apache-2.0
import CSQLite

extension Statement {
    /// Prepares the one statement that `text` holds.
    ///
    /// SQLite would pass over all that follows a first statement, or a NUL: refused here, so that nothing is read in one way
    /// and run in another.
    convenience init(preparing text: String, on database: OpaquePointer, flags: UInt32 = 0) throws(SQLiteError) {
        guard !text.utf8.contains(0) else {
            throw SQLiteError(code: SQLITE_ERROR, message: "SQL holds a NUL byte: remove it", sql: text)
        }
        var prepared = Prepared()
        var text = text
        text.withUTF8 { prepared = Prepared.first(of: $0, on: database, flags: flags) }
        guard prepared.code == SQLITE_OK else { throw SQLiteError(prepared.code, on: database, sql: text) }
        guard let handle = prepared.handle else {
            throw SQLiteError(code: SQLITE_ERROR, message: "SQL holds no statement", sql: text)
        }
        guard !prepared.isFollowedByAnother else {
            sqlite3_finalize(handle)
            throw SQLiteError(code: SQLITE_ERROR, message: "SQL holds more than one statement: give one", sql: text)
        }
        self.init(adopting: handle)
    }
}

/// What `sqlite3_prepare_v3` made of the beginning of a text.
struct Prepared {
    var code = SQLITE_OK
    /// Nil where the text holds only blanks and comments.
    var handle: OpaquePointer?
    /// Bytes read.
    var length = 0
    var isFollowedByAnother = false

    static func first(of text: UnsafeBufferPointer<UInt8>, on database: OpaquePointer, flags: UInt32) -> Prepared {
        var prepared = parse(text, on: database, flags: flags)
        guard prepared.code == SQLITE_OK, prepared.handle != nil else { return prepared }
        // The rest is only read: preparing it would already run some pragmas.
        prepared.isFollowedByAnother = !isBlank(text[prepared.length...])
        return prepared
    }

    /// Holds nothing but blanks, semicolons and comments (lang_comment.html).
    private static func isBlank(_ rest: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        var rest = rest
        while let byte = rest.first {
            if " \t\n\u{0C}\r;".utf8.contains(byte) {
                rest = rest.dropFirst()
            } else if rest.starts(with: "--".utf8) {
                rest = rest.drop { $0 != UInt8(ascii: "\n") }
            } else if rest.starts(with: "/*".utf8) {
                rest = rest.dropFirst(2)
                while !rest.isEmpty, !rest.starts(with: "*/".utf8) { rest = rest.dropFirst() }
                rest = rest.dropFirst(2)
            } else {
                return false
            }
        }
        return true
    }

    /// Prepares the statement that `text` begins with.
    static func parse(_ text: UnsafeBufferPointer<UInt8>, on database: OpaquePointer, flags: UInt32) -> Prepared {
        text.withMemoryRebound(to: CChar.self) { characters in
            var prepared = Prepared()
            guard let start = characters.baseAddress, !characters.isEmpty else { return prepared }
            var tail: UnsafePointer<CChar>?
            prepared.code = sqlite3_prepare_v3(
                database, start, Int32(clamping: characters.count), flags, &prepared.handle, &tail)
            prepared.length = tail.map { start.distance(to: $0) } ?? characters.count
            return prepared
        }
    }
}
