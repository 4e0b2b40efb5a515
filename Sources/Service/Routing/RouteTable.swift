// SPDX-License-Identifier: Apache-2.0
import HTTPServer

/// All routes. What is not here is 404, and a method that a path doesn't have is 405.
public struct RouteTable: Sendable {
    public let routes: [Route]
    /// By the number of a path's segments; literal paths first, so that they win over templates.
    private let bySegments: [Int: [Route]]

    public static let standard = RouteTable([
        .dryRun, .onboard, .getJob, .listJobs, .retryJob, .cancelJob, .revealAPIKey,
        .listTenants, .getTenant, .viewTenant, .queryTenant, .pauseQueue, .resumeQueue, .health, .readiness,
    ])

    /// The problems that each route can answer.
    public static let commonProblems: [ProblemCode] = [
        .malformedRequest, .foreignOrigin, .tokensRequired, .notAcceptable, .misdirected, .invalidParameter, .headTooLarge,
        .unknownTransferCoding, .stopping, .storageUnavailable, .unexpected,
    ]

    init(_ routes: [Route]) {
        self.routes = routes
        bySegments = Dictionary(grouping: routes, by: \.path.segments.count)
            .mapValues { $0.filter(\.path.isLiteral) + $0.filter { !$0.path.isLiteral } }
    }

    /// The route of a request, and its path's parameters in order.
    /// - Throws: `Problem` `malformed_path`, `no_such_route`, `method_not_allowed`.
    func route(_ request: HTTPRequest) throws(Problem) -> (route: Route, parameters: [String]) {
        guard let path = request.pathSegments else { throw Problem(.malformedPath, "the path can't be decoded") }
        var methods: [Route.Method] = []
        for route in bySegments[path.count] ?? [] {
            guard let parameters = route.path.match(path) else { continue }
            if route.method.rawValue == request.method { return (route, parameters) }
            methods.append(route.method)
        }
        guard !methods.isEmpty else { throw Problem(.noSuchRoute, "nothing is served at this path") }
        throw Problem(.methodNotAllowed, "this path takes \(Self.allow(methods))").with(header: "Allow", Self.allow(methods))
    }

    private static func allow(_ methods: [Route.Method]) -> String {
        Set(methods.flatMap { $0 == .get ? ["GET", "HEAD"] : [$0.rawValue] }).sorted().joined(separator: ", ")
    }
}
