// SPDX-License-Identifier: Apache-2.0

/// The rule for a company's name: 2 to 200 characters, none of them a control character.
///
/// A character is a Unicode scalar, as databases and JSON Schema's `maxLength` count; white space around the name does not
/// count towards the least number. It is kept as given.
enum CompanyName {
    static let lengths = 2...200

    static func fault(of text: String) -> (code: FieldError.Code, message: String)? {
        let scalars = text.unicodeScalars
        guard !scalars.contains(where: isControl) else {
            return (.controlCharacter, "company_name holds a control character or a line break")
        }
        let visible = scalars.drop(while: isSpace).reversed().drop(while: isSpace)
        guard visible.count >= lengths.lowerBound else {
            return (.tooShort, "company_name has at least \(lengths.lowerBound) characters")
        }
        guard scalars.count <= lengths.upperBound else {
            return (.tooLong, "company_name has at most \(lengths.upperBound) characters")
        }
        return nil
    }

    private static func isSpace(_ scalar: Unicode.Scalar) -> Bool { scalar.properties.isWhitespace }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator: true
        default: false
        }
    }
}
