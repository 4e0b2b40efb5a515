// SPDX-License-Identifier: Apache-2.0

/// So that a value can be part of an encoded answer or record.
extension JSONValue: Encodable {
    public func encode(to encoder: any Encoder) throws {
        switch self {
        case .null:
            var container = encoder.singleValueContainer()
            try container.encodeNil()
        case .bool(let value): try value.encode(to: encoder)
        case .integer(let value): try value.encode(to: encoder)
        case .number(let value): try value.encode(to: encoder)
        case .string(let value): try value.encode(to: encoder)
        case .array(let elements): try elements.encode(to: encoder)
        case .object(let object): try object.encode(to: encoder)
        }
    }
}

extension JSONObject: Encodable {
    /// All members; their order in the text is the encoder's choice.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: MemberName.self)
        for member in self {
            try container.encode(member.value, forKey: MemberName(stringValue: member.name))
        }
    }
}

/// So that what was encoded comes back. A decoder keeps neither the order of members, which come sorted by name, nor the
/// difference between `1.0` and `1`, which both come as integers. A request is read by `JSONScanner`, which keeps both.
extension JSONValue: Decodable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(Bool.self) {
            self = .bool(value)
        } else if let value = try? container.decode(Int64.self) {
            self = .integer(value)
        } else if let value = try? container.decode(Double.self) {
            self = .number(value)
        } else if let value = try? container.decode(String.self) {
            self = .string(value)
        } else if let elements = try? container.decode([JSONValue].self) {
            self = .array(elements)
        } else {
            self = .object(try JSONObject(from: decoder))
        }
    }
}

extension JSONObject: Decodable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: MemberName.self)
        self.init()
        for name in container.allKeys.sorted(by: { $0.stringValue < $1.stringValue }) {
            append(name.stringValue, try container.decode(JSONValue.self, forKey: name))
        }
    }
}

private struct MemberName: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
}
