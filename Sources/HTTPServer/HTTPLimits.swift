// SPDX-License-Identifier: Apache-2.0

/// The server's bounds. Each connection takes a file descriptor: see `FileDescriptorLimit`.
public struct HTTPLimits: Sendable, Equatable {
    /// Connections open at a time; further ones wait in the kernel's backlog.
    public var connections: Int
    /// Bytes for a connection's request head, its buffers and the answer's head. A request line that does not fit is
    /// 414, headers 431.
    public var perConnectionMemory: Int
    /// Seconds without a byte in or out after which a connection is closed. Does not run while an answer is awaited.
    public var idleTimeoutSeconds: Int
    /// Seconds from a request's first line (on a new connection: from its opening) to the last byte of its body. The
    /// connection is closed when they are over, however steadily bytes trickle in.
    public var receiveSeconds: Int
    /// Seconds that a client may take to read an answer, however steadily it reads. A stream has no such end.
    public var deliverSeconds: Int
    /// Bytes of a stream that wait for its client before its writer has to.
    public var streamBacklog: Int

    public init(
        connections: Int = 4096,
        perConnectionMemory: Int = 32 * 1024,
        idleTimeoutSeconds: Int = 60,
        receiveSeconds: Int = 20,
        deliverSeconds: Int = 60,
        streamBacklog: Int = 64 * 1024
    ) {
        self.connections = connections
        self.perConnectionMemory = perConnectionMemory
        self.idleTimeoutSeconds = idleTimeoutSeconds
        self.receiveSeconds = receiveSeconds
        self.deliverSeconds = deliverSeconds
        self.streamBacklog = streamBacklog
    }
}
