// SPDX-License-Identifier: Apache-2.0
import HTTPServer

/// A request's query, checked against what its route declares.
struct QueryValues: Sendable {
    private let values: [String: String]
    private let declared: [QueryParameter]

    /// - Throws: `Problem` `invalid_parameter` naming every parameter that is unknown, given twice, or out of its range.
    init(_ request: HTTPRequest, declared: [QueryParameter]) throws(Problem) {
        self.declared = declared
        guard let pairs = request.query else {
            throw Problem(.invalidParameter, "the query can't be decoded: escape with % and two hexadecimal digits, as UTF-8")
        }
        var values: [String: String] = [:]
        var errors: [Problem.FieldError] = []
        for (name, value) in pairs {
            guard let parameter = declared.first(where: { $0.name == name }) else {
                errors.append(.init(field: name, code: "unknown_parameter", message: "this route has no such parameter"))
                continue
            }
            if let fault = values[name] == nil ? parameter.fault(in: value) : "is given twice" {
                errors.append(.init(field: name, code: "invalid_value", message: fault))
            }
            values[name] = value
        }
        if let first = errors.first {
            throw Problem(.invalidParameter, "query parameter \(first.field): \(first.message)").with(errors)
        }
        self.values = values
    }

    func text(_ name: String) -> String? { values[name] }

    func integer(_ name: String) -> Int? {
        guard let number = values[name].flatMap(Seconds.parse) else { return nil }
        guard case .integerUpTo(let most)? = declared.first(where: { $0.name == name })?.check else { return number }
        return min(number, most)
    }
}
