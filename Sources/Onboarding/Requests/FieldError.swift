// SPDX-License-Identifier: Apache-2.0

/// What is wrong with one field of a request.
public struct FieldError: Error, Sendable, Equatable, Codable {
    public enum Code: String, Codable, Sendable {
        case unknownField = "unknown_field"
        case missingField = "missing_field"
        case wrongType = "wrong_type"
        case outOfRange = "out_of_range"
        case notATime = "not_a_time"
        case notApplicable = "not_applicable"
        /// `\u0000`, which no database keeps well.
        case nulCharacter = "nul_character"
        case controlCharacter = "control_character"
        // Those of `InvalidValue`.
        case empty
        case tooShort = "too_short"
        case tooLong = "too_long"
        case invalidCharacter = "invalid_character"
        case invalidFormat = "invalid_format"
        case reserved
        case unknownPlan = "unknown_plan"
    }

    public let field: String
    public let code: Code
    /// Never holds the value.
    public let message: String

    public init(field: String, code: Code, message: String) {
        self.field = field
        self.code = code
        self.message = message
    }
}

/// All that is wrong with a request, not only the first: for a 422.
public struct RequestError: Error, Sendable, Equatable {
    /// A body can hold thousands of unknown fields: more than so many errors help nobody.
    public static let maxErrors = 32

    /// Not empty, in the order of the known fields, unknown ones after them.
    public let errors: [FieldError]

    public init(errors: [FieldError]) { self.errors = errors }
}
