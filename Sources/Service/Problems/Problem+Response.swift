// SPDX-License-Identifier: Apache-2.0
import HTTPServer
import JSON

extension Problem {
    func response(to request: HTTPRequest) -> HTTPResponse {
        var headers = headers + [("Content-Type", "application/problem+json")]
        let isTimed = headers.contains { $0.0 == "Retry-After" }
        if let seconds = code.retryAfter, !isTimed { headers.append(("Retry-After", String(seconds))) }
        return .api(status: code.status, headers: headers, body: JSONText.bytes(ProblemDocument(self, request: request.id)))
    }
}

private struct ProblemDocument: Encodable {
    private struct Member: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }

        init(_ name: String) { stringValue = name }
        init?(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    private let problem: Problem
    private let request: String

    init(_ problem: Problem, request: String) {
        self.problem = problem
        self.request = request
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Member.self)
        for (name, value) in problem.members { try container.encode(value, forKey: Member(name)) }
        try container.encode(problem.code.type, forKey: Member("type"))
        try container.encode(problem.code.title, forKey: Member("title"))
        try container.encode(problem.code.status, forKey: Member("status"))
        try container.encode(problem.detail, forKey: Member("detail"))
        try container.encode("urn:onboardd:request:\(request)", forKey: Member("instance"))
        try container.encode(problem.code.rawValue, forKey: Member("code"))
        if !problem.errors.isEmpty { try container.encode(problem.errors, forKey: Member("errors")) }
    }
}
