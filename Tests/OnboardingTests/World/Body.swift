// SPDX-License-Identifier: Apache-2.0
import JSON
import Testing

/// A valid request body.
/// - Parameter changes: fields with other values, as JSON; nil: without the field.
func body(_ changes: [String: String?] = [:]) throws -> JSONObject {
    var members: [String: String] = [
        "tenant_id": #""acme_corp""#, "company_name": #""Acme Corporation""#, "admin_email": #""admin@acme.com""#,
        "subscription_plan": #""PROFESSIONAL""#,
    ]
    for (name, value) in changes { members[name] = value }
    let text = members.sorted { $0.key < $1.key }.map { "\"\($0.key)\": \($0.value)" }.joined(separator: ", ")
    guard case .object(let object) = try JSONScanner.scan(Array("{\(text)}".utf8)) else {
        throw NoObject()
    }
    return object
}

private struct NoObject: Error {}

/// A field with a value that it can't have.
struct WrongField: Sendable, CustomTestStringConvertible {
    let field: String
    /// JSON; nil: the field is left out.
    let value: String?
    let code: String

    init(_ field: String, _ value: String?, _ code: String) {
        self.field = field
        self.value = value
        self.code = code
    }

    var testDescription: String { "\(field) \(value?.prefix(60) ?? "left out"): \(code)" }
}
