// SPDX-License-Identifier: Apache-2.0
import Glibc
import HTTPServer
import Service
import Settings

/// The sockets that the API is served on: those that systemd passes (sd_listen_fds(3)), else the configured one.
enum ListeningSockets {
    /// The first descriptor that is passed.
    private static let firstPassed: Int32 = 3

    /// - Throws: `DaemonError.notLoopback` for a socket that other machines can reach.
    static func open(_ configuration: Configuration, environment: [String: String]) throws -> [ListeningSocket] {
        let sockets = try passed(environment) ?? [ListeningSocket(configuration.listen.address.description)]
        for socket in sockets where !socket.isLoopback { throw DaemonError.notLoopback(url: socket.url) }
        return sockets
    }

    private static func passed(_ environment: [String: String]) throws -> [ListeningSocket]? {
        guard let pid = environment["LISTEN_PID"], Int32(pid) == getpid() else { return nil }
        guard let count = environment["LISTEN_FDS"].flatMap(Int32.init), count > 0 else { return nil }
        return try (firstPassed..<(firstPassed + count)).map { descriptor in
            guard fcntl(descriptor, F_SETFD, FD_CLOEXEC) == 0 else {
                throw DaemonError.socketActivation(reason: "descriptor \(descriptor) is not open")
            }
            return try ListeningSocket(adopting: descriptor)
        }
    }
}
