// SPDX-License-Identifier: Apache-2.0
import Glibc

/// Where a daemon keeps everything: one folder, one daemon at a time.
public struct StateDirectory: Sendable {
    /// Absolute.
    public let path: String

    /// What fits into a unix socket's address (unix(7)), less the socket's own name.
    static let longestPath = 107 - "/control.sock".utf8.count

    /// Makes the folder, for its owner alone, if it isn't there.
    /// - Throws: `DaemonError.stateDirectory` naming the path and what the system says.
    public init(making path: String) throws(DaemonError) {
        guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw .system(path) }
        try self.init(existing: path)
        guard access(self.path, W_OK | X_OK) == 0 else { throw .system(path) }
    }

    /// - Throws: `DaemonError.stateDirectory` where there is no such folder, or a socket in it could have no address.
    public init(existing path: String) throws(DaemonError) {
        guard let resolved = realpath(path, nil) else { throw .system(path) }
        defer { free(resolved) }
        self.path = String(cString: resolved)
        guard self.path.utf8.count <= Self.longestPath else {
            throw .stateDirectory(path, reason: "its path has more than \(Self.longestPath) bytes, too many for a socket in it")
        }
    }

    public var jobs: String { path + "/jobs.sqlite" }
    public var warehouse: String { path + "/warehouse" }
    public var lock: String { path + "/lock" }
    public var controlSocket: String { path + "/control.sock" }
    /// The URL at which the running daemon answers.
    public var address: String { path + "/address" }
}
