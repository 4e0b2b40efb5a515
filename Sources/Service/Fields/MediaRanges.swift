// SPDX-License-Identifier: Apache-2.0

/// The field `Accept` (RFC 9110, 12.5.1). Ranges that can't be read are ignored.
struct MediaRanges: Sendable {
    private struct Range {
        let type: String
        let subtype: String
        let quality: Double
    }

    private let ranges: [Range]

    init(_ lines: [String]) {
        ranges = lines.flatMap(Self.parse)
    }

    /// Without any range everything is accepted. Of ranges that fit, the most specific decides.
    func accepts(_ type: String, _ subtype: String) -> Bool {
        if ranges.isEmpty { return true }
        let exact = ranges.first { $0.type == type && $0.subtype == subtype }
        let fit = exact ?? ranges.first { $0.type == type && $0.subtype == "*" } ?? ranges.first { $0.type == "*" }
        return (fit?.quality ?? 0) > 0
    }

    private static func parse(_ line: String) -> [Range] {
        var scanner = FieldScanner(line)
        var ranges: [Range] = []
        while !scanner.isAtEnd {
            scanner.skipBlanks()
            if let type = scanner.token(), scanner.skip("/"), let subtype = scanner.token() {
                let quality = parameters(&scanner).first { $0.name == "q" }?.value.flatMap(Double.init) ?? 1
                ranges.append(Range(type: type.lowercased(), subtype: subtype.lowercased(), quality: quality))
            }
            scanner.skipElement()
        }
        return ranges
    }
}

/// The field `Content-Type` (RFC 9110, 8.3).
struct MediaType: Sendable, Equatable {
    let type: String
    let subtype: String
    let charset: String?

    /// nil for what is no media type.
    init?(_ field: String) {
        var scanner = FieldScanner(field)
        scanner.skipBlanks()
        guard let type = scanner.token(), scanner.skip("/"), let subtype = scanner.token() else { return nil }
        self.type = type.lowercased()
        self.subtype = subtype.lowercased()
        charset = parameters(&scanner).first { $0.name == "charset" }?.value?.lowercased()
        scanner.skipBlanks()
        guard scanner.isAtEnd else { return nil }
    }
}

/// `*( OWS ";" OWS [ parameter ] )` (RFC 9110, 5.6.6).
private func parameters(_ scanner: inout FieldScanner) -> [(name: String, value: String?)] {
    var found: [(name: String, value: String?)] = []
    scanner.skipBlanks()
    while scanner.skip(";") {
        scanner.skipBlanks()
        if let parameter = scanner.parameter() { found.append(parameter) }
        scanner.skipBlanks()
    }
    return found
}
