// SPDX-License-Identifier: Apache-2.0

/// An answer with its whole body.
///
/// `Content-Length`, `Transfer-Encoding`, `Connection` and `Date` are the server's: a field of these names here is left
/// out. So is a field whose name is no token or whose value holds a control character (RFC 9110, 5.5): nothing a client
/// sent can begin a line of its own.
public struct HTTPResponse: Sendable {
    public var status: Int
    public var headers: [(String, String)]
    public var body: [UInt8]
    /// Whether the connection ends after this answer.
    public var closesConnection: Bool
    /// Called once, on the server's thread: whether the whole answer was handed to the connection. `true` says that the
    /// kernel took every byte, not that the client read them. It must not block.
    public var onDelivery: (@Sendable (Bool) -> Void)?

    public init(
        status: Int,
        headers: [(String, String)] = [],
        body: [UInt8] = [],
        closesConnection: Bool = false,
        onDelivery: (@Sendable (Bool) -> Void)? = nil
    ) {
        self.status = status
        self.headers = headers
        self.body = body
        self.closesConnection = closesConnection
        self.onDelivery = onDelivery
    }
}
