// SPDX-License-Identifier: Apache-2.0

/// The field `If-None-Match` (RFC 9110, 13.1.2).
enum EntityTags: Sendable, Equatable {
    case any
    /// The opaque texts between the quotes; weak and strong tags compare alike here (8.8.3.2).
    case list([String])

    /// nil without the field, or when nothing in it is an entity tag: then it is ignored.
    init?(_ lines: [String]) {
        var tags: [String] = []
        for line in lines {
            var scanner = FieldScanner(line)
            while !scanner.isAtEnd {
                scanner.skipBlanks()
                if scanner.skip("*") {
                    self = .any
                    return
                }
                if let tag = Self.tag(&scanner) { tags.append(tag) }
                scanner.skipElement()
            }
        }
        guard !tags.isEmpty else { return nil }
        self = .list(tags)
    }

    func matches(_ tag: String) -> Bool {
        switch self {
        case .any: true
        case .list(let tags): tags.contains(tag)
        }
    }

    /// In an entity tag a backslash is a character like others, unlike in a quoted-string (8.8.3).
    private static func tag(_ scanner: inout FieldScanner) -> String? {
        if scanner.skip("W"), !scanner.skip("/") { return nil }
        guard scanner.skip("\"") else { return nil }
        let tag = scanner.text(upTo: "\"")
        return scanner.skip("\"") ? tag : nil
    }
}
