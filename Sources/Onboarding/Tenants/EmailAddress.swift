// SPDX-License-Identifier: Apache-2.0

/// The address of a tenant's administrator: an ASCII `Mailbox` of RFC 5321, 4.1.2, without quoted local parts and address
/// literals, within the sizes of 4.5.3.1. Its text never belongs into a log, so it has no `description` that shows it.
public struct EmailAddress: Hashable, Sendable {
    static let maxLocalBytes = 64
    /// A path is at most 256 with its angle brackets.
    static let maxBytes = 254
    /// RFC 1035, 2.3.4.
    static let maxLabelBytes = 63

    public let text: String

    /// - Throws: `InvalidValue` naming the first rule that `text` breaks.
    public init(_ text: String) throws(InvalidValue) {
        guard !text.isEmpty else { throw InvalidValue(.empty, "an e-mail address is needed") }
        guard text.utf8.count <= Self.maxBytes else {
            throw InvalidValue(.tooLong, "an e-mail address has at most \(Self.maxBytes) characters (RFC 5321)")
        }
        guard text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw InvalidValue(
                .invalidCharacter, "an e-mail address holds only visible ASCII characters: no spaces, display names or accents")
        }
        let parts = text.utf8.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
        guard parts.count == 2 else {
            throw InvalidValue(.invalidFormat, "an e-mail address has exactly one @, between local part and domain")
        }
        try Self.check(local: parts[0])
        try Self.check(domain: parts[1])
        self.text = text
    }

    private static func check(local: Substring.UTF8View) throws(InvalidValue) {
        guard !local.isEmpty else { throw InvalidValue(.invalidFormat, "the e-mail address has nothing before the @") }
        guard local.count <= maxLocalBytes else {
            throw InvalidValue(.tooLong, "the part before the @ has at most \(maxLocalBytes) characters (RFC 5321)")
        }
        guard local.first != UInt8(ascii: "\"") else {
            throw InvalidValue(.invalidFormat, "an e-mail address with a quoted local part is not taken")
        }
        guard local.allSatisfy({ isAtomText($0) || $0 == UInt8(ascii: ".") }) else {
            throw InvalidValue(
                .invalidCharacter, "the part before the @ holds only letters, digits, dots and !#$%&'*+-/=?^_`{|}~")
        }
        guard local.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy({ !$0.isEmpty }) else {
            throw InvalidValue(.invalidFormat, "a dot before the @ stands between two other characters")
        }
    }

    private static func check(domain: Substring.UTF8View) throws(InvalidValue) {
        guard domain.first != UInt8(ascii: "[") else {
            throw InvalidValue(.invalidFormat, "an e-mail address with an IP address as its domain is not taken")
        }
        let labels = domain.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard labels.count >= 2 else {
            throw InvalidValue(.invalidFormat, "the domain after the @ has at least two parts, as in example.com")
        }
        for label in labels {
            guard !label.isEmpty else { throw InvalidValue(.invalidFormat, "a dot in the domain stands between two parts") }
            guard label.count <= maxLabelBytes else {
                throw InvalidValue(.tooLong, "a part of the domain has at most \(maxLabelBytes) characters (RFC 1035)")
            }
            guard label.allSatisfy({ isAlphanumeric($0) || $0 == UInt8(ascii: "-") }) else {
                throw InvalidValue(.invalidCharacter, "the domain holds only letters, digits, hyphens and dots")
            }
            guard label.first != UInt8(ascii: "-"), label.last != UInt8(ascii: "-") else {
                throw InvalidValue(.invalidFormat, "no part of the domain begins or ends with a hyphen")
            }
        }
        guard let top = labels.last, top.count >= 2, top.contains(where: { !isDigit($0) }) else {
            throw InvalidValue(.invalidFormat, "the domain ends in a name of two or more characters, not only digits")
        }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        isDigit(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
    }

    /// `atext` of RFC 5322, 3.2.3.
    private static func isAtomText(_ byte: UInt8) -> Bool {
        isAlphanumeric(byte) || "!#$%&'*+-/=?^_`{|}~".utf8.contains(byte)
    }
}

extension EmailAddress: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "<e-mail address>" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: []) }
}

/// As its text: stored data holds it.
extension EmailAddress: Codable {
    public init(from decoder: any Decoder) throws {
        try self.init(try decoder.singleValueContainer().decode(String.self))
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}
