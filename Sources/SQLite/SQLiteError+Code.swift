// SPDX-License-Identifier: Apache-2.0
import CSQLite

extension SQLiteError {
    /// SQLite's primary result codes (rescode.html, section 3). The raw value is SQLite's number.
    public enum Code: Int32, Sendable, CaseIterable {
        case error = 1
        case internalError = 2
        case permission = 3
        case abort = 4
        case busy = 5
        case locked = 6
        case outOfMemory = 7
        case readOnly = 8
        case interrupted = 9
        case ioError = 10
        case corrupt = 11
        case notFound = 12
        case full = 13
        case cannotOpen = 14
        case lockProtocol = 15
        case schema = 17
        case tooBig = 18
        case constraint = 19
        case mismatch = 20
        case misuse = 21
        case noLargeFileSupport = 22
        case notAuthorized = 23
        case outOfRange = 25
        case notADatabase = 26

        /// A code that this list does not know counts as a plain error; `extendedCode` keeps the number.
        init(extendedCode: Int32) {
            self = Code(rawValue: extendedCode & 0xFF) ?? .error
        }
    }
}
