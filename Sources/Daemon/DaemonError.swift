// SPDX-License-Identifier: Apache-2.0
import Glibc

/// Why the daemon does not start, or a command on its state can't be done.
public enum DaemonError: Error, Sendable, Equatable {
    case stateDirectory(String, reason: String)
    /// Another process holds the state directory.
    case locked(directory: String, pid: Int32?)
    /// The job store can't be opened: damaged, or no database at all.
    case store(path: String, reason: String)
    case keyMissing(path: String)
    case keyForeign(path: String, found: String, expected: String)
    case foreignWarehouse(found: String)
    /// Without tokens only this machine may be listened to.
    case notLoopback(url: String)
    case socketActivation(reason: String)
    case control(reason: String)
    /// A step may take longer than a claim holds.
    case stepOutlivesLease(step: String, timeout: Duration, lease: Duration)
}

extension DaemonError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .stepOutlivesLease(let step, let timeout, let lease):
            "onboarding.yml: step \(step): timeout_seconds (\(timeout)) is more than lease.seconds (\(lease)): lower it, or raise lease.seconds"
        case .stateDirectory(let path, let reason):
            "state.directory \(path): \(reason)"
        case .locked(let directory, let pid):
            "\(directory) is in use by \(pid.map { "process \($0)" } ?? "another process"): one daemon a state directory"
        case .store(let path, let reason): "job store \(path): \(reason): look at the disk, or restore a backup"
        case .keyMissing(let path):
            "keys.file \(path) is missing, and the store holds secrets sealed with it: restore it from where it is kept"
        case .keyForeign(let path, let found, let expected):
            "keys.file \(path) holds key \(found), the store was sealed with \(expected): restore the right key file"
        case .foreignWarehouse(let found):
            "the warehouse belongs to another store (\(found)): check state.directory, or take it over with 'onboardd reconcile --adopt'"
        case .notLoopback(let url):
            "\(url) can be reached from other machines, and nobody would have to prove who they are: listen on a loopback address or a unix socket"
        case .socketActivation(let reason): "sockets from systemd: \(reason)"
        case .control(let reason): reason
        }
    }
}

extension DaemonError {
    /// What the system said last about a file of the state directory, from `errno`.
    static func system(_ path: String) -> DaemonError {
        .stateDirectory(path, reason: "\(String(cString: strerror(errno))): make it, or let its owner run the daemon")
    }
}
