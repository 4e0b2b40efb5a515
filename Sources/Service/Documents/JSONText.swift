// SPDX-License-Identifier: Apache-2.0
import FoundationEssentials
import JSON

/// Values as the JSON that the API answers: the same value is always the same text.
enum JSONText {
    static func bytes(_ value: some Encodable) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do {
            return Array(try encoder.encode(value))
        } catch {
            // Our documents hold no number that JSON lacks, which is all that the encoder refuses.
            return Array(#"{"code":"unexpected","title":"the answer can't be written as JSON"}"#.utf8)
        }
    }

    /// A JSON text that this program stored, as a part of an answer.
    /// - Throws: `JSONError` where the store was changed by another hand.
    static func stored(_ text: String) throws(JSONError) -> JSONValue {
        try JSONScanner.scan(Array(text.utf8), maxDepth: JSONScanner.deepestSupported, maxBytes: .max)
    }
}

extension JSONValue {
    /// The members of an object, by their names.
    var members: [String: JSONValue]? {
        guard case .object(let object) = self else { return nil }
        return Dictionary(object.map { ($0.name, $0.value) }) { _, last in last }
    }

    var text: String? {
        guard case .string(let text) = self else { return nil }
        return text
    }

    var list: [JSONValue]? {
        guard case .array(let values) = self else { return nil }
        return values
    }
}
