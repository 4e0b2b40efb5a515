// SPDX-License-Identifier: Apache-2.0
#if DEBUG
import CSQLite
import Synchronization

/// A disk that fails when told to, for tests; a release build has none. Hand `name` to `Writer.Options.vfs` or `Connection`.
public final class FaultyDisk: @unchecked Sendable {
    public enum Fault: Sendable {
        /// fsync reports an I/O error; the kernel may have dropped the pages.
        case syncFails
        case writeFails
        /// No space is left for any write.
        case full
    }

    public let name: String
    // @unchecked because `disk` is never freed and its fields are atomic: there is nothing that a caller could do too early,
    // too late or at the same time.
    private let disk: OpaquePointer

    public init() throws(SQLiteError) {
        name = "faulty-disk-\(Self.made.add(1, ordering: .relaxed).newValue)"
        guard let disk = onboardd_faulty_disk_make(name) else {
            throw SQLiteError(code: SQLITE_NOMEM, message: "no memory for a faulty disk")
        }
        self.disk = OpaquePointer(disk)
    }

    /// What goes wrong from now on; nil for nothing.
    public func set(_ fault: Fault?) {
        let write: Int32 = switch fault {
        case .writeFails: SQLITE_IOERR
        case .full: SQLITE_FULL
        case .syncFails, nil: SQLITE_OK
        }
        onboardd_faulty_disk_refuse(pointer, fault == .syncFails ? 1 : 0, write)
    }

    /// Syncs asked for since the disk was made, refused ones too.
    public var syncs: Int { Int(onboardd_faulty_disk_syncs(pointer)) }

    private var pointer: UnsafeMutablePointer<onboardd_faulty_disk> { UnsafeMutablePointer(disk) }

    private static let made = Atomic(0)
}
#endif
