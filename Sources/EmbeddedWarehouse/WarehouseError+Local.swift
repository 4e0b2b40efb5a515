// SPDX-License-Identifier: Apache-2.0
import Glibc
import SQLite
import Warehouse

extension WarehouseError {
    /// Classes a failure of this machine's files and databases by its own reason.
    init(_ error: any Error, doing: String) {
        switch error {
        case let error as WarehouseError: self = error
        case let error as SQLiteError: self.init(error, doing: doing)
        case let error as FileError: self.init(error, doing: doing)
        case let error as WriterError:
            self.init(.unavailable, "\(doing): \(error.message)", retry: .withBackoff)
        default:
            self.init(.unavailable, "\(doing): \(error)", retry: .withBackoff, outcome: .unknown)
        }
    }

    private init(_ error: SQLiteError, doing: String) {
        let text = "\(doing): \(error.message)"
        switch error.code {
        case .full, .readOnly:
            self.init(.storageFull, text + "; free space or make the folder writable", retry: .withBackoff)
        case .corrupt, .notADatabase:
            self.init(.corrupt, text + "; restore the file from a backup", retry: .never)
        case .busy, .locked, .outOfMemory:
            self.init(.unavailable, text, retry: .withBackoff)
        case .interrupted:
            self.init(.deadlineExceeded, text, retry: .withBackoff)
        case .permission:
            self.init(.accessDenied, text + "; give the daemon's user the right to the file", retry: .withBackoff)
        case .constraint, .mismatch:
            self.init(.schemaMismatch, text, retry: .never)
        case .error where error.message.hasPrefix("no such table"):
            self.init(.notBootstrapped, text + "; run 'onboardd bootstrap'", retry: .withBackoff)
        default:
            // An I/O error above all: what was written just before it may be on disk or not.
            self.init(.unavailable, text, retry: .withBackoff, outcome: .unknown)
        }
    }

    private init(_ error: FileError, doing: String) {
        let text = "\(doing): \(error.description)"
        switch error.number {
        case ENOSPC, EDQUOT, EROFS:
            self.init(.storageFull, text + "; free space or make the folder writable", retry: .withBackoff)
        case EACCES, EPERM:
            self.init(.accessDenied, text + "; give the daemon's user the right to it", retry: .withBackoff)
        default:
            self.init(.unavailable, text, retry: .withBackoff, outcome: .unknown)
        }
    }
}
