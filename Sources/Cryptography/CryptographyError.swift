// SPDX-License-Identifier: Apache-2.0

/// Why a key or a sealed box can't be used. Trying again never helps. No message holds a byte of either.
public struct CryptographyError: Error, Equatable, Sendable, CustomStringConvertible {
    public enum Code: String, Sendable {
        case malformedKey = "malformed_key"
        case malformedBox = "malformed_box"
        case unknownVersion = "unknown_version"
        case notAuthentic = "not_authentic"
        case tooLarge = "too_large"
    }

    public let code: Code
    public let message: String

    public var description: String { message }

    private init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    static func malformedKey(_ count: Int) -> Self {
        Self(.malformedKey, "a key has \(SymmetricKey.size) bytes, not \(count)")
    }

    static func malformedBox(_ count: Int) -> Self {
        Self(.malformedBox, "a sealed value has at least \(AESGCM.overhead) bytes, not \(count): it was cut short")
    }

    static func unknownVersion(_ version: UInt8) -> Self {
        Self(.unknownVersion, "a sealed value of version \(version) needs a newer onboardd; this one reads \(AESGCM.version)")
    }

    static let notAuthentic = Self(
        .notAuthentic, "a sealed value does not open: it was sealed under another key or for another purpose, or changed")
    static let tooLarge = Self(.tooLarge, "a sealed value holds less than 2 GiB")
}
