// SPDX-License-Identifier: Apache-2.0

/// A request as its client sent it, nothing decoded or normalized unless said so.
public struct HTTPRequest: Sendable {
    /// As sent, case included; `GET` for a HEAD request, whose answer is a GET's without the body.
    public let method: String
    /// Whether HEAD was asked: for logs.
    public let isHead: Bool
    /// The request target, query included (RFC 9112, 3.2).
    public let target: String
    /// The target's path, percent escapes as sent, without the query. Of an absolute-form target its path; `*` of
    /// `OPTIONS *`.
    public let path: String
    /// Whose resource is asked for: the authority of an absolute-form target, else the `Host` field (RFC 9112, 3.2.2).
    public let authority: String?
    /// The client's `X-Request-Id` if it is 1 to 64 of `A-Z a-z 0-9 . _ -`, else 128 random bits in hex.
    public let id: String
    /// The peer's IP address without port (an IPv4-mapped one as IPv4), or `unix`.
    public let peer: String
    public let framing: HTTPBodyFraming
    /// Empty until `HTTPService.respond`.
    public internal(set) var body: [UInt8]

    let fields: HTTPFields

    /// The first field of this name, in any case.
    public func header(_ name: String) -> String? {
        fields.first(named: name).map(fields.value)
    }

    /// All fields of this name, in order.
    public func headers(named name: String) -> [String] {
        fields.indices(named: name).map(fields.value)
    }

    /// For tests of services; the server builds its requests from the connection.
    public init(
        method: String,
        target: String,
        headers: [(String, String)] = [],
        body: [UInt8] = [],
        id: String = "test",
        peer: String = "127.0.0.1"
    ) {
        self.init(
            method: method, target: target, fields: HTTPFields(headers), id: id, peer: peer,
            framing: body.isEmpty ? .none : .length(UInt64(body.count)), body: body)
    }

    init(
        method: String, target: String, fields: HTTPFields, id: String, peer: String, framing: HTTPBodyFraming,
        body: [UInt8]
    ) {
        isHead = method == "HEAD"
        self.method = isHead ? "GET" : method
        self.target = target
        let split = RequestTarget(target)
        path = split.path
        authority = split.authority ?? fields.first(named: "Host").map(fields.value)
        self.id = id
        self.peer = peer
        self.framing = framing
        self.fields = fields
        self.body = body
    }
}
