// SPDX-License-Identifier: Apache-2.0
import JSON
import Time

/// Takes typed values out of a request's object, and gathers all that is wrong with them. Each reader answers nil where it
/// recorded an error.
struct RequestFields {
    private let object: JSONObject
    private(set) var errors: [FieldError] = []

    init(_ object: JSONObject) { self.object = object }

    /// A text without NUL.
    /// - Parameter default: what a field that is left out stands for; nil: it must be there.
    mutating func text(_ field: RequestField, default: String? = nil) -> String? {
        guard let value = object[field.rawValue] else {
            if `default` == nil { add(.missingField, field, "\(field.rawValue) is needed") }
            return `default`
        }
        guard case .string(let text) = value else {
            add(.wrongType, field, "\(field.rawValue) is a text")
            return nil
        }
        guard !text.utf8.contains(0) else {
            add(.nulCharacter, field, "\(field.rawValue) holds U+0000, which no text here may")
            return nil
        }
        return text
    }

    /// A text that is a value of the domain.
    mutating func value<Value>(
        _ field: RequestField, default: String? = nil, _ read: (String) throws(InvalidValue) -> Value
    ) -> Value? {
        guard let text = text(field, default: `default`) else { return nil }
        do {
            return try read(text)
        } catch {
            add(FieldError.Code(error.code), field, error.message)
            return nil
        }
    }

    mutating func companyName() -> String? {
        guard let text = text(.companyName) else { return nil }
        if let fault = CompanyName.fault(of: text) {
            add(fault.code, .companyName, fault.message)
            return nil
        }
        return text
    }

    mutating func integer(_ field: RequestField, in range: ClosedRange<Int>, default: Int) -> Int? {
        guard let value = object[field.rawValue] else { return `default` }
        guard case .integer(let number) = value else {
            add(.wrongType, field, "\(field.rawValue) is an integer")
            return nil
        }
        guard let number = Int(exactly: number), range.contains(number) else {
            add(.outOfRange, field, "\(field.rawValue) is from \(range.lowerBound) to \(range.upperBound)")
            return nil
        }
        return number
    }

    /// nil, too, for a field that is left out.
    mutating func time(_ field: RequestField) -> WallTime? {
        guard object[field.rawValue] != nil, let text = text(field) else { return nil }
        let time = WallTime(rfc3339: text)
        if time == nil { add(.notATime, field, "\(field.rawValue) is a time of RFC 3339, as in 2026-11-23T08:30:00Z") }
        return time
    }

    mutating func flag(_ field: RequestField) -> Bool {
        guard let value = object[field.rawValue] else { return false }
        guard case .bool(let flag) = value else {
            add(.wrongType, field, "\(field.rawValue) is true or false")
            return false
        }
        return flag
    }

    /// A text that has a meaning only together with other fields.
    mutating func confirmation(_ field: RequestField, isApplicable: Bool) {
        guard object[field.rawValue] != nil, text(field) != nil, !isApplicable else { return }
        add(.notApplicable, field, "\(field.rawValue) belongs to a request with a force flag only")
    }

    mutating func refuseUnknown(known: [RequestField]) {
        for name in object.names where !known.contains(where: { $0.rawValue.utf8.elementsEqual(name.utf8) }) {
            guard errors.count < RequestError.maxErrors else { return }
            let shown = String(name.unicodeScalars.prefix(Self.shownNameLength))
            var message = "there is no field \"\(shown)\""
            let former = RequestField.formerNames[name.lowercased()].flatMap { known.contains($0) ? $0 : nil }
            if let meant = former?.rawValue ?? Spelling.nearest(to: name, among: known.map(\.rawValue)) {
                message += "; did you mean \(meant)?"
            }
            errors.append(FieldError(field: shown, code: .unknownField, message: message))
        }
    }

    /// Unicode scalars of an unknown field's name that are repeated to the client.
    private static let shownNameLength = 64

    private mutating func add(_ code: FieldError.Code, _ field: RequestField, _ message: String) {
        errors.append(FieldError(field: field.rawValue, code: code, message: message))
    }
}

extension FieldError.Code {
    init(_ code: InvalidValue.Code) {
        self = switch code {
        case .empty: .empty
        case .tooShort: .tooShort
        case .tooLong: .tooLong
        case .invalidCharacter: .invalidCharacter
        case .invalidFormat: .invalidFormat
        case .reserved: .reserved
        case .unknownPlan: .unknownPlan
        }
    }
}
