// SPDX-License-Identifier: Apache-2.0
import FoundationEssentials
import HTTPClient

/// An error answer: problem+json (RFC 9457) from onboardd, or whatever text stands before it in the way.
struct Problem: Sendable {
    let status: Int
    /// For a terminal: title, detail, each field's fault, what else it tells, and the request's id.
    let text: String
    /// The body, if it is JSON.
    let json: String?
    let retryAfter: Duration?

    init(_ response: HTTPClientResponse) {
        let answer = Answer(response)
        let members = try? answer.decode([String: JSONValue].self)
        status = response.status
        retryAfter = answer.retryAfter
        json = members == nil ? nil : answer.text
        var lines = members.map(Self.lines) ?? [String(answer.text.prefix(200)).printable]
        lines = lines.filter { !$0.isEmpty }.map { "  \($0)" }
        if status == 401 { lines.append("  give a token with --token-file or ONBOARDD_TOKEN") }
        if let seconds = answer.retryAfter?.components.seconds { lines.append("  try again in \(seconds) s") }
        if let id = response.headers["X-Request-Id"] { lines.append("  request id: \(id.printable)") }
        let title = members?["title"]?.text?.printable
        text = (["onboardctl: \(title.map { "\($0) " } ?? "")(\(response.status))"] + lines).joined(separator: "\n")
    }

    private static func lines(_ members: [String: JSONValue]) -> [String] {
        var lines: [String] = []
        if case .array(let errors)? = members["errors"] { lines = errors.map(fieldLine) }
        // A single fault's detail may say the same as the fault.
        if let detail = members["detail"]?.text?.printable, !lines.contains(where: { detail.hasSuffix($0) }) {
            lines.insert(detail, at: 0)
        }
        // What the standard has no name for, such as the job that is in the way.
        let known: Set = ["type", "title", "status", "detail", "instance", "code", "errors"]
        for (name, value) in members.sorted(by: { $0.key < $1.key }) where !known.contains(name) {
            lines.append("\(name.printable): \(value.line)")
        }
        return lines
    }

    private static func fieldLine(_ error: JSONValue) -> String {
        guard case .object(let members) = error, let field = members["field"]?.text else { return error.line }
        return "\(field.printable): \((members["message"] ?? members["code"] ?? .null).line)"
    }
}
