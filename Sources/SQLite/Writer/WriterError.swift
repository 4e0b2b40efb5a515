// SPDX-License-Identifier: Apache-2.0

/// Why the writer ran nothing. The operation had no effect.
public struct WriterError: Error, Sendable, Equatable {
    public enum Code: Sendable {
        /// The writer was closed.
        case closed
        /// A sync of the file failed earlier. The kernel may call pages clean that never reached the disk, so nothing is
        /// acknowledged until a checkpoint has rewritten and synced them all; each operation that comes tries one.
        case suspect
    }

    public let code: Code
    public let message: String
    /// The failure of the last checkpoint that was tried.
    public let cause: SQLiteError?
}

extension WriterError: CustomStringConvertible {
    public var description: String { message }
}

extension WriterError {
    static func closed(path: String) -> WriterError {
        WriterError(code: .closed, message: "\(path): closed, nothing is written any more", cause: nil)
    }

    static func suspect(path: String, cause: SQLiteError) -> WriterError {
        let message = """
            \(path): not written to until its log is safely on disk; the last try failed: \(cause.message). \
            Check the disk and its free space, and end programs that hold the file open
            """
        return WriterError(code: .suspect, message: message, cause: cause)
    }
}
