// SPDX-License-Identifier: Apache-2.0
import CSQLite

extension Statement {
    /// Runs to the end; rows, where there are any, are passed over.
    func run(_ arguments: [(any Bindable)?]) throws(SQLiteError) {
        var failure: SQLiteError?
        try lend(arguments) {
            var code: Int32
            repeat { code = advance() } while code == SQLITE_ROW
            if code != SQLITE_DONE { failure = SQLiteError(code, of: handle) }
            _ = rewind()
        }
        if let failure { throw failure }
    }

    /// Hands each row to `body` until it answers `false` or the rows end.
    func forEach(_ arguments: [(any Bindable)?], while body: (Row) throws -> Bool) throws {
        var failure: (any Error)?
        try lend(arguments) {
            do {
                while let row = try step(), try body(row) {}
                // Stopped before its last row, a statement ends here, and only here says what went wrong in ending.
                let code = rewind()
                if code != SQLITE_OK { failure = SQLiteError(code, of: handle) }
            } catch {
                failure = error
                _ = rewind()
            }
        }
        if let failure { throw failure }
    }
}
