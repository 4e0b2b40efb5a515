// SPDX-License-Identifier: Apache-2.0

/// Walks over a header field's value by the grammar that such values share (RFC 9110, 5.6).
struct FieldScanner {
    private let bytes: [UInt8]
    private var position = 0

    init(_ value: some StringProtocol) { bytes = Array(value.utf8) }

    var isAtEnd: Bool { position == bytes.count }

    mutating func skipBlanks() {
        while let byte = peek, byte == 0x20 || byte == 0x09 { position += 1 }
    }

    /// Goes over `byte` if it is next.
    mutating func skip(_ byte: Character) -> Bool {
        guard let next = peek, next == byte.asciiValue else { return false }
        position += 1
        return true
    }

    /// `token` (RFC 9110, 5.6.2).
    mutating func token() -> String? {
        let start = position
        while let byte = peek, Self.isTokenCharacter(byte) { position += 1 }
        return start == position ? nil : text(start..<position)
    }

    /// `quoted-string` (RFC 9110, 5.6.4), its escapes taken out.
    mutating func quotedString() -> String? {
        guard skip("\"") else { return nil }
        var content: [UInt8] = []
        while let byte = peek {
            position += 1
            switch byte {
            case UInt8(ascii: "\""): return String(decoding: content, as: UTF8.self)
            case UInt8(ascii: "\\"):
                guard let escaped = peek else { return nil }
                content.append(escaped)
                position += 1
            default: content.append(byte)
            }
        }
        return nil
    }

    /// What stands between here and the first of `ends`, which is not gone over.
    mutating func text(upTo ends: Character...) -> String {
        let stops = ends.compactMap(\.asciiValue)
        let start = position
        while let byte = peek, !stops.contains(byte) { position += 1 }
        return text(start..<position)
    }

    /// Goes behind the next comma that is not in quotes, or to the end: the next element of a list begins there.
    mutating func skipElement() {
        while let byte = peek {
            if byte == UInt8(ascii: "\"") {
                if quotedString() == nil { position = bytes.count }
                continue
            }
            position += 1
            if byte == UInt8(ascii: ",") { return }
        }
    }

    /// One parameter behind a `;`: its name in lower case and its value, which may be missing.
    mutating func parameter() -> (name: String, value: String?)? {
        guard let name = token()?.lowercased() else { return nil }
        skipBlanks()
        guard skip("=") else { return (name, nil) }
        skipBlanks()
        guard let value = peek == UInt8(ascii: "\"") ? quotedString() : token() else { return nil }
        return (name, value)
    }

    private var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

    private func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

    private static func isTokenCharacter(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"): true
        default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
        }
    }
}
