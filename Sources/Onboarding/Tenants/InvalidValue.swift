// SPDX-License-Identifier: Apache-2.0

/// Why a text is not a value of the domain: a tenant id, an e-mail address, a plan.
public struct InvalidValue: Error, Sendable, Equatable {
    /// For programs. A field error and a failed check carry the same one.
    public enum Code: String, Codable, Sendable {
        case empty
        case tooShort = "too_short"
        case tooLong = "too_long"
        case invalidCharacter = "invalid_character"
        case invalidFormat = "invalid_format"
        case reserved
        case unknownPlan = "unknown_plan"
    }

    public let code: Code
    /// For people: the rule that was broken. Never holds the text itself.
    public let message: String

    init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }
}
