// SPDX-License-Identifier: Apache-2.0

/// Sends HTTP requests over libcurl: all transfers of a client share one thread, one pool of connections and, over TLS,
/// HTTP/2 streams. Waiting for an answer holds no thread.
///
/// A request is sent at most once: a connection that dies under a request with a body, or under any `POST` or `PATCH`,
/// is an error with ``HTTPClientError/mayHaveBeenSent``, never a silent second try. TLS is 1.2 or newer and always
/// verified. Redirects are answers.
public final class HTTPClient: Sendable {
    public struct Options: Sendable {
        public enum PlainHTTP: Sendable {
            /// `http:` to 127.0.0.0/8, `::1`, `localhost` and unix sockets.
            case loopbackOnly
            case anywhere
        }

        public enum Proxy: Sendable {
            case direct
            /// `https_proxy`, `http_proxy`, `all_proxy` and `no_proxy`, as libcurl reads them. Never for loopback.
            case environment
        }

        public var userAgent: String
        public var plainHTTP: PlainHTTP
        public var proxy: Proxy
        /// A PEM file that takes the place of the system's certificate authorities.
        public var certificateAuthorities: String?

        public init(
            userAgent: String, plainHTTP: PlainHTTP = .loopbackOnly, proxy: Proxy = .direct,
            certificateAuthorities: String? = nil
        ) {
            self.userAgent = userAgent
            self.plainHTTP = plainHTTP
            self.proxy = proxy
            self.certificateAuthorities = certificateAuthorities
        }
    }

    private let options: Options
    private let loop: TransferLoop

    /// - Throws: `HTTPClientError` `.unavailable` when libcurl cannot start.
    public init(_ options: Options) throws(HTTPClientError) {
        self.options = options
        loop = try TransferLoop()
    }

    deinit {
        loop.close()
    }

    /// Sends `request` and returns the whole answer. Cancelling the task ends the transfer and closes its connection.
    public func send(_ request: HTTPClientRequest) async throws(HTTPClientError) -> HTTPClientResponse {
        let order = try TransferOrder(request, options: options)
        let ticket = TransferTicket()
        let outcome = await withTaskCancellationHandler {
            await withCheckedContinuation { loop.submit(order, ticket: ticket, waiter: $0) }
        } onCancel: {
            loop.cancel(ticket)
        }
        return try outcome.get()
    }

    /// Ends every transfer with `.cancelled`, and so every later `send`. Returns at once; may be called again.
    public func close() {
        loop.close()
    }
}
