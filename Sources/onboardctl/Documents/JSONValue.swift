// SPDX-License-Identifier: Apache-2.0

/// A value whose shape this program need not know.
enum JSONValue: Sendable, Equatable, Decodable {
    case null
    case bool(Bool)
    case integer(Int64)
    case number(Double)
    case string(String)
    case array([JSONValue])
    case object([String: JSONValue])

    init(from decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer()
        if value.decodeNil() {
            self = .null
        } else if let bool = try? value.decode(Bool.self) {
            self = .bool(bool)
        } else if let integer = try? value.decode(Int64.self) {
            self = .integer(integer)
        } else if let number = try? value.decode(Double.self) {
            self = .number(number)
        } else if let string = try? value.decode(String.self) {
            self = .string(string)
        } else if let array = try? value.decode([JSONValue].self) {
            self = .array(array)
        } else {
            self = .object(try value.decode([String: JSONValue].self))
        }
    }

    /// The string, if it is one.
    var text: String? {
        guard case .string(let text) = self else { return nil }
        return text
    }

    var isNumber: Bool {
        switch self {
        case .integer, .number: true
        default: false
        }
    }

    /// On one line for a person: a string without quotes, a fault as "code: message" and what else it tells, the rest as
    /// JSON with sorted names.
    var line: String {
        switch self {
        case .string(let text): text.printable
        case .object(let members) where members["message"]?.text != nil: Self.faultLine(members)
        default: json
        }
    }

    private static func faultLine(_ members: [String: JSONValue]) -> String {
        let fault = [members["code"], members["message"]].compactMap { $0?.text?.printable }.joined(separator: ": ")
        let others = members.filter { $0.key != "code" && $0.key != "message" && $0.value != .null }
        return others.isEmpty ? fault : "\(fault) \(JSONValue.object(others).json)"
    }

    private var json: String {
        switch self {
        case .null: "null"
        case .bool(let bool): bool ? "true" : "false"
        case .integer(let integer): String(integer)
        case .number(let number): String(number)
        case .string(let text): "\"\(text.printable)\""
        case .array(let values): "[" + values.map(\.json).joined(separator: ", ") + "]"
        case .object(let members):
            "{" + members.sorted { $0.key < $1.key }.map { "\($0.key.printable): \($0.value.json)" }
                .joined(separator: ", ") + "}"
        }
    }
}
