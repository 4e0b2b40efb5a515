// SPDX-License-Identifier: Apache-2.0

/// `job_` and a UUIDv7 without dashes: 32 lower-case hexadecimal digits.
public struct JobID: Hashable, Sendable, CustomStringConvertible {
    public let text: String

    /// - Returns: nil where `text` isn't of that form.
    public init?(_ text: String) {
        let utf8 = text.utf8
        guard utf8.count == 36, text.hasPrefix("job_"), utf8.dropFirst(4).allSatisfy(Self.isHexDigit) else { return nil }
        self.text = text
    }

    init(trusted text: String) { self.text = text }

    public var description: String { text }

    private static func isHexDigit(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte)
    }
}
