// SPDX-License-Identifier: Apache-2.0

/// What a client prefers (`Prefer`, RFC 7240). Preferences that are unknown or can't be read are ignored, as it demands.
struct Preferences: Sendable, Equatable {
    /// `wait`, in seconds as sent.
    let wait: Int?

    /// - Parameter lines: the field's lines, in order.
    init(_ lines: [String]) {
        var wait: String??
        for line in lines {
            var scanner = FieldScanner(line)
            while !scanner.isAtEnd {
                scanner.skipBlanks()
                // Of a preference given twice the first counts (RFC 7240, 2).
                if let (name, value) = scanner.parameter(), name == "wait", wait == nil { wait = .some(value) }
                scanner.skipElement()
            }
        }
        self.wait = (wait ?? nil).flatMap(Seconds.parse)
    }
}

/// Whole seconds as fields and parameters carry them.
enum Seconds {
    /// Digits only; a number too large for an Int counts as the largest.
    static func parse(_ text: String) -> Int? {
        guard !text.isEmpty, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return Int(text) ?? .max
    }
}
