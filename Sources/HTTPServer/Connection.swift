// SPDX-License-Identifier: Apache-2.0
import Glibc
import Synchronization

/// What is kept for a connection from its opening to its end.
final class Connection: Sendable {
    let socket: Int32
    let peer: String
    /// When the sweep ends the connection, in nanoseconds of CLOCK_MONOTONIC; `.max` for never.
    let deadline = Atomic<UInt64>(.max)

    init(socket: Int32, peer: String) {
        self.socket = socket
        self.peer = peer
    }

    /// Whether the peer has closed its side, or the connection is broken. A peer that only ends its sending side looks the
    /// same; it is taken for gone, as proxies do.
    var isAbandoned: Bool {
        var byte: UInt8 = 0
        let count = recv(socket, &byte, 1, Int32(MSG_PEEK | MSG_DONTWAIT))
        return count == 0 || (count < 0 && errno != EAGAIN && errno != EINTR)
    }
}
