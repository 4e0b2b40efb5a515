// SPDX-License-Identifier: Apache-2.0
import HTTPServer
import JobQueue

/// The HTTP API: lets requests in, finds their route and turns whatever goes wrong into a problem.
public struct API: HTTPService {
    public let context: APIContext
    public let table: RouteTable
    let jobs: JobViews
    /// Dry-runs under way, and requests that wait for a job.
    let dryRuns = Slots()
    let waiters = Slots()
    /// Callers' queries under way.
    let queries = Slots()

    public init(_ context: APIContext, table: RouteTable = .standard) {
        self.context = context
        self.table = table
        jobs = JobViews(context)
    }

    public func admit(_ head: HTTPRequest) -> HTTPAdmission {
        let limits = context.limits()
        do {
            try Gate(hosts: limits.hosts).check(head)
            let route = try table.route(head).route
            try ContentRules(route: route).check(head)
            return .accept(bodyLimit: limits.bodyBytes)
        } catch {
            return .refuse(error.response(to: head))
        }
    }

    public func respond(to request: HTTPRequest) -> HTTPAnswer {
        do {
            let (route, parameters) = try table.route(request)
            let call = try Call(route, request, parameters: parameters)
            if route.body == .emptyObject { try call.refuseContent() }
            switch try route.handler(self, call) {
            case .now(let response): return .now(response)
            case .later(let work):
                return .later {
                    do {
                        return try await work()
                    } catch {
                        return problem(error, request).response(to: request)
                    }
                }
            }
        } catch {
            return .now(problem(error, request).response(to: request))
        }
    }

    public func tooLarge(_ head: HTTPRequest, limit: Int) -> HTTPResponse {
        Problem(.bodyTooLarge, "the body has more than \(limit) bytes").response(to: head)
    }

    public func malformed(_ head: HTTPRequest, _ defect: HTTPDefect) -> HTTPResponse {
        let code: ProblemCode = switch defect.code {
        case .malformedHead, .ambiguousLength: .malformedRequest
        case .unknownTransferCoding: .unknownTransferCoding
        case .headTooLarge: .headTooLarge
        }
        return Problem(code, defect.message).response(to: head)
    }

    public func stopping(_ request: HTTPRequest) -> HTTPResponse {
        Problem(.stopping, "the server stopped before this was answered; what was asked for may have been done").response(to: request)
    }

    /// What only an operator can mend is logged; an error that nobody foresaw is, and is told without its words.
    private func problem(_ error: any Error, _ request: HTTPRequest) -> Problem {
        if let problem = error as? Problem { return problem }
        if let problem = Problem(known: error) {
            if problem.code == .storageFull || problem.code == .storageUnavailable {
                context.log.error("api.storage", "\(request.method) \(request.path): \(error)", .init("request_id", request.id))
            }
            return problem
        }
        context.log.error("api.unexpected", "\(request.method) \(request.path): \(error)", .init("request_id", request.id))
        return Problem(.unexpected, "the server's log tells more under this request's id")
    }
}

extension Call {
    /// A route without content takes none, or an object without members.
    fileprivate func refuseContent() throws(Problem) {
        if request.body.isEmpty { return }
        let names = try object().names
        guard let first = names.first else { return }
        throw Problem(.invalidRequest, "field \(first): this route takes no fields")
            .with(names.prefix(32).map { .init(field: $0, code: "unknown_field", message: "this route takes no fields") })
    }
}
