// SPDX-License-Identifier: Apache-2.0

/// What the service says to a complete request.
public enum HTTPAnswer: Sendable {
    /// Sent from within the callback: the cheapest way, for what is at hand.
    case now(HTTPResponse)
    /// Runs in a task on the default executor; the connection is suspended meanwhile and holds no thread. A client that
    /// goes away meanwhile is noticed when the answer is there (see `HTTPResponse.onDelivery`).
    case later(@Sendable () async -> HTTPResponse)
    /// Sends the response's head and body, then what the closure writes, in chunks, until it returns: server-sent
    /// events. The closure runs in a task on the default executor. For a HEAD
    /// request it does not run, and the connection ends.
    case stream(HTTPResponse, @Sendable (HTTPBodyWriter) async -> Void)
}
