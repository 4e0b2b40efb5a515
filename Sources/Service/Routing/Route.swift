// SPDX-License-Identifier: Apache-2.0
import HTTPServer

/// One route, whole: what serves it and what describes it are the same declaration.
public struct Route: Sendable {
    public enum Method: String, Sendable { case get = "GET", post = "POST" }

    /// Whose token it takes, once there are tokens.
    public enum Access: String, Sendable { case open, read, submit, admin }

    public enum Body: Sendable, Equatable {
        case none
        /// Nothing, or `{}`; neither length nor type is needed.
        case emptyObject
        /// One JSON object of this schema.
        case json(schema: String)
    }

    /// A request header that changes what the route does.
    public struct Header: Sendable {
        public let name: String
        public let summary: String

        static let prefer = Header(name: "Prefer", summary: "wait=N answers when the job has ended, at the latest after N seconds (RFC 7240)")
        static let idempotencyKey = Header(
            name: IdempotencyKeyField.name, summary: "1-255 printable ASCII characters: the same key and body enqueue once in 24 hours")
        static let ifNoneMatch = Header(name: "If-None-Match", summary: "an ETag that the client has")
    }

    public struct Response: Sendable {
        public let status: Int
        public let summary: String
        /// nil: no body.
        public let schema: String?
        public let headers: [String]

        static func ok(_ status: Int, _ schema: String?, _ summary: String, headers: [String] = []) -> Response {
            Response(status: status, summary: summary, schema: schema, headers: headers)
        }
    }

    typealias Handler = @Sendable (API, Call) throws -> Reply

    public let method: Method
    public let path: RoutePath
    public let access: Access
    public let summary: String
    public let body: Body
    public let query: [QueryParameter]
    public let headers: [Header]
    /// The answers where all goes well.
    public let responses: [Response]
    /// The problems of its own; those of every route (`RouteTable.commonProblems`) come on top.
    public let problems: [ProblemCode]
    let handler: Handler

    init(
        _ method: Method, _ path: String, access: Access, _ summary: String, body: Body = .none, query: [QueryParameter] = [],
        headers: [Header] = [], responses: [Response], problems: [ProblemCode] = [], handler: @escaping Handler
    ) {
        self.method = method
        self.path = RoutePath(path)
        self.access = access
        self.summary = summary
        self.body = body
        self.query = query
        self.headers = headers
        self.responses = responses
        self.problems = problems
        self.handler = handler
    }
}

/// How a handler answers; what it throws becomes a problem.
enum Reply {
    case now(HTTPResponse)
    case later(@Sendable () async throws -> HTTPResponse)
}
