// SPDX-License-Identifier: Apache-2.0
import Glibc

/// Holds a state directory for this process; the kernel lets go of it when the process ends, however it ends.
public final class StateLock: Sendable {
    private let descriptor: Int32

    /// - Throws: `DaemonError.locked` naming the process that holds it.
    public init(_ state: StateDirectory) throws(DaemonError) {
        let descriptor = open(state.lock, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .system(state.lock) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let holder = Self.readPID(descriptor)
            Glibc.close(descriptor)
            throw .locked(directory: state.path, pid: holder)
        }
        let pid = "\(getpid())\n"
        guard ftruncate(descriptor, 0) == 0, write(descriptor, pid, pid.utf8.count) == pid.utf8.count else {
            let failure = DaemonError.system(state.lock)
            Glibc.close(descriptor)
            throw failure
        }
        self.descriptor = descriptor
    }

    deinit { Glibc.close(descriptor) }

    private static func readPID(_ descriptor: Int32) -> Int32? {
        var bytes = [UInt8](repeating: 0, count: 32)
        let count = pread(descriptor, &bytes, bytes.count, 0)
        guard count > 0 else { return nil }
        return Int32(String(decoding: bytes[..<count], as: UTF8.self).split(separator: "\n").first ?? "")
    }
}
