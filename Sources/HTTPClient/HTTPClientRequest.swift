// SPDX-License-Identifier: Apache-2.0

/// One request. The whole body is in memory: onboardd sends kilobytes.
public struct HTTPClientRequest: Sendable {
    public enum Method: String, Sendable {
        case get = "GET", head = "HEAD", post = "POST", put = "PUT", patch = "PATCH", delete = "DELETE"
    }

    public var method: Method
    /// `http` or `https`, absolute, without user name or password (a `.invalidURL`: credentials belong in a header).
    public var url: String
    public var headers: HTTPClientHeaders
    /// `nil` sends none; `POST`, `PUT` and `PATCH` then say `Content-Length: 0`.
    public var body: [UInt8]?
    /// The path of a unix socket to connect to in place of the URL's host and port.
    public var unixSocket: String?
    /// For name lookup, TCP and TLS together.
    public var connectTimeout: Duration
    /// From sending to the last byte of the answer; it holds the connect time.
    public var totalTimeout: Duration
    /// An answer whose body is longer is given up as `.tooLarge`.
    public var responseLimitBytes: Int

    public static let defaultResponseLimitBytes = 8 << 20

    public init(
        _ method: Method, _ url: String, headers: HTTPClientHeaders = [:], body: [UInt8]? = nil,
        unixSocket: String? = nil, connectTimeout: Duration = .seconds(10), totalTimeout: Duration = .seconds(30),
        responseLimitBytes: Int = Self.defaultResponseLimitBytes
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.unixSocket = unixSocket
        self.connectTimeout = connectTimeout
        self.totalTimeout = totalTimeout
        self.responseLimitBytes = responseLimitBytes
    }
}
