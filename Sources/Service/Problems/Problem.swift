// SPDX-License-Identifier: Apache-2.0
import HTTPServer
import JSON

/// An error as the API answers it (RFC 9457).
struct Problem: Error, Sendable {
    struct FieldError: Encodable, Sendable, Equatable {
        let field: String
        let code: String
        let message: String
    }

    let code: ProblemCode
    /// What happened this time, naming the thing and the fix.
    let detail: String
    var errors: [FieldError] = []
    /// Members beyond those of the standard, such as the job that is in the way.
    var members: [String: JSONValue] = [:]
    var headers: [(String, String)] = []

    init(_ code: ProblemCode, _ detail: String) {
        self.code = code
        self.detail = detail
    }

    func with(_ members: [String: JSONValue]) -> Problem {
        var problem = self
        problem.members.merge(members) { _, new in new }
        return problem
    }

    func with(header name: String, _ value: String) -> Problem {
        var problem = self
        problem.headers.append((name, value))
        return problem
    }

    func with(_ errors: [FieldError]) -> Problem {
        var problem = self
        problem.errors = errors
        return problem
    }
}
