// SPDX-License-Identifier: Apache-2.0

/// A scalar's text, and what it means.
public struct YAMLScalar: Sendable, Equatable {
    public enum Value: Sendable, Equatable {
        case null, bool(Bool), int(Int64), float(Double), string(String)
    }

    /// As written, without quotes and with escapes resolved.
    public let text: String
    public let value: Value

    static let null = YAMLScalar(text: "", value: .null)

    private init(text: String, value: Value) {
        self.text = text
        self.value = value
    }

    /// A quoted or block scalar: always a string.
    public init(quoted text: String) {
        self.init(text: text, value: .string(text))
    }

    /// A plain scalar, read by YAML 1.2's core schema (10.3.2). So `no`, `off` and `1_000` are strings, and `010` is ten,
    /// where YAML 1.1 saw false, false, a thousand and eight.
    ///
    /// Nil for an integer that does not fit in 64 bits, and for a float that only infinity could stand for.
    public init?(plain text: String) {
        guard let value = Self.value(ofPlain: text) else { return nil }
        self.init(text: text, value: value)
    }
}

extension YAMLScalar {
    private static func value(ofPlain text: String) -> Value? {
        switch text {
        case "", "~", "null", "Null", "NULL": .null
        case "true", "True", "TRUE": .bool(true)
        case "false", "False", "FALSE": .bool(false)
        case ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF": .float(.infinity)
        case "-.inf", "-.Inf", "-.INF": .float(-.infinity)
        case ".nan", ".NaN", ".NAN": .float(.nan)
        default: number(text)
        }
    }

    private static func number(_ text: String) -> Value? {
        let digits = text.first == "-" || text.first == "+" ? text.dropFirst() : text[...]
        if digits.isMade(of: "0123456789") { return Int64(text).map(Value.int) }
        if text.hasPrefix("0o"), text.dropFirst(2).isMade(of: "01234567") {
            return Int64(text.dropFirst(2), radix: 8).map(Value.int)
        }
        if text.hasPrefix("0x"), text.dropFirst(2).isMade(of: "0123456789abcdefABCDEF") {
            return Int64(text.dropFirst(2), radix: 16).map(Value.int)
        }
        guard digits.isMade(of: "0123456789.eE+-"), let number = Double(text) else { return .string(text) }
        return number.isFinite ? .float(number) : nil
    }
}

extension Substring {
    /// Of ASCII signs; false for the empty text.
    fileprivate func isMade(of signs: StaticString) -> Bool {
        let allowed = UnsafeBufferPointer(start: signs.utf8Start, count: signs.utf8CodeUnitCount)
        return !isEmpty && utf8.allSatisfy(allowed.contains)
    }
}
