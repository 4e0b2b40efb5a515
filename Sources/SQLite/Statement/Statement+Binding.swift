// SPDX-License-Identifier: Apache-2.0
import CSQLite

extension Statement {
    /// Binds copies of `arguments`, which stay until the next `bind`. Resets the statement.
    public func bind(_ arguments: (any Bindable)?...) throws(SQLiteError) {
        try checkCount(of: arguments)
        reset()
        for (offset, argument) in arguments.enumerated() {
            let code = bindCopy(argument?.value ?? .null, at: Int32(offset + 1))
            guard code == SQLITE_OK else { throw SQLiteError(code, of: handle) }
        }
    }

    /// Lends `arguments` to the statement while `body` runs: text and blobs are not copied, SQLite reads them in place.
    /// Nothing stays bound afterwards. `body` has to reset the statement.
    func lend(_ arguments: [(any Bindable)?], to body: () -> Void) throws(SQLiteError) {
        try checkCount(of: arguments)
        guard !arguments.isEmpty else { return body() }
        let code = lend(arguments, from: 0, to: body)
        let failure = code == SQLITE_OK ? nil : SQLiteError(code, of: handle)
        sqlite3_clear_bindings(handle)
        if let failure { throw failure }
    }

    private func checkCount(of arguments: [(any Bindable)?]) throws(SQLiteError) {
        guard arguments.count == parameterCount else {
            let message = "the statement takes \(parameterCount) values, \(arguments.count) were given"
            throw SQLiteError(code: SQLITE_RANGE, message: message, sql: sql)
        }
    }

    /// Each text or blob opens a scope in which its bytes stay where they are; the innermost one runs `body`.
    private func lend(_ arguments: [(any Bindable)?], from start: Int, to body: () -> Void) -> Int32 {
        for offset in start..<arguments.count {
            let index = Int32(offset + 1)
            let code: Int32
            switch arguments[offset]?.value ?? .null {
            case .null: code = sqlite3_bind_null(handle, index)
            case .integer(let number): code = sqlite3_bind_int64(handle, index, number)
            case .real(let number): code = sqlite3_bind_double(handle, index, number)
            case .blob(let bytes) where bytes.isEmpty: code = sqlite3_bind_zeroblob(handle, index, 0)
            case .text(var text):
                return text.withUTF8 { utf8 in
                    let code = utf8.withMemoryRebound(to: CChar.self) { characters in
                        sqlite3_bind_text64(
                            handle, index, characters.baseAddress, UInt64(characters.count), nil, UInt8(SQLITE_UTF8))
                    }
                    return code == SQLITE_OK ? lend(arguments, from: offset + 1, to: body) : code
                }
            case .blob(let bytes):
                return bytes.withUnsafeBytes { raw in
                    let code = sqlite3_bind_blob64(handle, index, raw.baseAddress, UInt64(raw.count), nil)
                    return code == SQLITE_OK ? lend(arguments, from: offset + 1, to: body) : code
                }
            }
            guard code == SQLITE_OK else { return code }
        }
        body()
        return SQLITE_OK
    }

    private func bindCopy(_ value: Value, at index: Int32) -> Int32 {
        switch value {
        case .null: return sqlite3_bind_null(handle, index)
        case .integer(let number): return sqlite3_bind_int64(handle, index, number)
        case .real(let number): return sqlite3_bind_double(handle, index, number)
        case .blob(let bytes) where bytes.isEmpty: return sqlite3_bind_zeroblob(handle, index, 0)
        case .text(var text):
            return text.withUTF8 { utf8 in
                utf8.withMemoryRebound(to: CChar.self) { characters in
                    onboardd_sqlite_bind_text_copy(handle, index, characters.baseAddress, UInt64(characters.count))
                }
            }
        case .blob(let bytes):
            return bytes.withUnsafeBytes { raw in
                onboardd_sqlite_bind_blob_copy(handle, index, raw.baseAddress, UInt64(raw.count))
            }
        }
    }
}
