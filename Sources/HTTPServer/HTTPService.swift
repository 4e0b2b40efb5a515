// SPDX-License-Identifier: Apache-2.0

/// Decides what is answered. All policy is here; the server knows bytes, connections and deadlines.
///
/// Every function is called on the server's one thread and must return at once: while it runs, no other connection
/// moves. What takes time belongs into `HTTPAnswer.later`.
public protocol HTTPService: Sendable {
    /// The headers are complete and no byte of the body has been taken.
    func admit(_ head: HTTPRequest) -> HTTPAdmission

    /// The request is complete, `body` too.
    func respond(to request: HTTPRequest) -> HTTPAnswer

    /// The body announced, or sent in chunks, is longer than `limit` bytes as given to `HTTPAdmission.accept`.
    func tooLarge(_ head: HTTPRequest, limit: Int) -> HTTPResponse

    /// The request breaks a rule of the protocol itself. What of `head` could not be read is missing or cut.
    func malformed(_ head: HTTPRequest, _ defect: HTTPDefect) -> HTTPResponse

    /// The server stops before this request's `HTTPAnswer.later` was ready.
    func stopping(_ request: HTTPRequest) -> HTTPResponse
}
