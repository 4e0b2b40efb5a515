// SPDX-License-Identifier: Apache-2.0
import HTTPServer
import JSON
import JobQueue

/// A request at its route, with all that the route's declaration could check.
struct Call: Sendable {
    let route: Route
    let request: HTTPRequest
    let query: QueryValues
    private let parameters: [String]

    init(_ route: Route, _ request: HTTPRequest, parameters: [String]) throws(Problem) {
        self.route = route
        self.request = request
        self.parameters = parameters
        query = try QueryValues(request, declared: route.query)
    }

    /// The path's first parameter as a job's id.
    /// - Throws: `Problem` `no_such_job`, also for a text that is no job id.
    func jobID() throws(Problem) -> JobID {
        guard let id = parameters.first.flatMap({ JobID($0) }) else { throw .noJob("of this id") }
        return id
    }

    /// The path's first parameter.
    func tenantID() -> String { parameters.first ?? "" }

    /// The body of a route that takes one.
    /// - Throws: `Problem` `malformed_json`.
    func object() throws(Problem) -> JSONObject {
        do {
            let body = try JSONScanner.scan(request.body, maxBytes: .max)
            guard case .object(let object) = body else { throw Problem(.malformedJSON, "the body is JSON, but not an object") }
            return object
        } catch let error as JSONError {
            throw Problem(.malformedJSON, error.description)
        } catch let problem as Problem {
            throw problem
        } catch {
            throw Problem(.malformedJSON, "the body can't be read")
        }
    }

    /// For the scope of an idempotency key: the resource and what is done to it, by whom.
    var scope: String { "\(submitter) \(route.method.rawValue) \(request.path)" }

    /// Who asks: until there are tokens everybody is the same.
    var submitter: String { "local" }
}

extension Problem {
    static func noJob(_ which: String) -> Problem { Problem(.noSuchJob, "there is no job \(which)") }
}
