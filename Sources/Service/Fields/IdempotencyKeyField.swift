// SPDX-License-Identifier: Apache-2.0

/// The field `Idempotency-Key`: 1 to 255 printable ASCII characters, in quotes or bare; both mean the same key.
enum IdempotencyKeyField {
    static let name = "Idempotency-Key"
    static let longest = 255

    /// - Throws: `Problem` `invalid_idempotency_key` for a key of another form, or more than one.
    static func read(_ lines: [String]) throws(Problem) -> String? {
        guard let line = lines.first else { return nil }
        guard lines.count == 1 else { throw refusal("was sent \(lines.count) times; send it once") }
        guard let key = key(in: line) else { throw refusal("begins with a quote but isn't one quoted text") }
        guard (1...longest).contains(key.utf8.count) else {
            throw refusal("has \(key.utf8.count) characters; 1 to \(longest) are allowed")
        }
        guard key.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) else {
            throw refusal("holds a character that isn't printable ASCII")
        }
        return key
    }

    private static func key(in line: String) -> String? {
        guard line.hasPrefix("\"") else { return line }
        var scanner = FieldScanner(line)
        guard let key = scanner.quotedString() else { return nil }
        scanner.skipBlanks()
        return scanner.isAtEnd ? key : nil
    }

    private static func refusal(_ what: String) -> Problem {
        Problem(.invalidIdempotencyKey, "the header \(name) \(what)")
    }
}
