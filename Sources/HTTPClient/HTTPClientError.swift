// SPDX-License-Identifier: Apache-2.0

/// Why there is no answer.
public struct HTTPClientError: Error, Sendable, Equatable, CustomStringConvertible {
    public enum Code: String, Sendable {
        /// The URL cannot be read, is neither http nor https, or carries a user name or password.
        case invalidURL = "invalid_url"
        /// A header field or the socket's path holds a byte that may not stand there.
        case invalidRequest = "invalid_request"
        /// Plain http to a host that is not this machine, without ``HTTPClient/Options/PlainHTTP/anywhere``.
        case plainHTTPRefused = "plain_http_refused"
        /// No address, or nobody listens there.
        case cannotConnect = "cannot_connect"
        /// The peer's certificate is not trusted, or the handshake failed.
        case tls
        /// The connect or total time-out passed.
        case timedOut = "timed_out"
        /// The connection broke after it was made and before the answer was whole.
        case connectionLost = "connection_lost"
        /// The body is over the request's limit, or the headers over the client's.
        case tooLarge = "too_large"
        /// The peer does not speak HTTP as it should.
        case protocolError = "protocol_error"
        /// The task was cancelled, or the client closed.
        case cancelled
        /// libcurl or the system lacks something: memory, descriptors, a feature.
        case unavailable
    }

    public let code: Code
    /// Names the method and the target without its query; never holds a header or a body.
    public let message: String
    /// True when bytes of the request left this machine: the peer may have acted on it, and only asking it tells.
    public let mayHaveBeenSent: Bool

    public init(code: Code, message: String, mayHaveBeenSent: Bool) {
        self.code = code
        self.message = message
        self.mayHaveBeenSent = mayHaveBeenSent
    }

    public var description: String { message }
}

extension HTTPClientError {
    /// An error found before anything was sent.
    static func unsent(_ code: Code, _ message: String) -> HTTPClientError {
        HTTPClientError(code: code, message: message, mayHaveBeenSent: false)
    }
}
