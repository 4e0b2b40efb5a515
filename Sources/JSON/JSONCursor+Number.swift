// SPDX-License-Identifier: Apache-2.0

extension JSONCursor {
    /// `-? (0 | [1-9][0-9]*) (. [0-9]+)? ([eE] [+-]? [0-9]+)?` (RFC 8259, 6).
    ///
    /// Without fraction and exponent it must fit in 64 bits. With one it becomes the nearest double: what is too small
    /// for one is zero, what is too large is refused.
    mutating func number() throws(JSONError) -> JSONValue {
        let start = offset
        let negative = take(either: "-", "-")
        let firstDigit = offset
        var whole: Int64? = 0                   // gathered below zero, where there is room for Int64.min; nil: too large
        while let digit {
            whole = whole?.appending(digit)
            offset += 1
        }
        guard offset > firstDigit else { throw unexpected(insteadOf: "a digit") }
        guard bytes[firstDigit] != UInt8(ascii: "0") || offset == firstDigit + 1 else {
            throw error(.syntax, "a number must not begin with a needless 0", at: start)
        }

        let hasFraction = take(either: ".", ".")
        if hasFraction { try skipDigits() }
        let hasExponent = take(either: "e", "E")
        if hasExponent {
            _ = take(either: "+", "-")
            try skipDigits()
        }
        if hasFraction || hasExponent { return .number(try double(start..<offset)) }

        guard let below = whole, negative || below != .min else {
            throw error(.numberOutOfRange, "the integer does not fit in 64 bits", at: start)
        }
        return .integer(negative ? below : -below)
    }

    private mutating func skipDigits() throws(JSONError) {
        guard digit != nil else { throw unexpected(insteadOf: "a digit") }
        while digit != nil { offset += 1 }
    }

    private func double(_ range: Range<Int>) throws(JSONError) -> Double {
        let text = String(decoding: UnsafeBufferPointer(rebasing: bytes[range]), as: UTF8.self)
        guard let value = Double(text), value.isFinite else {
            throw error(.numberOutOfRange, "the number is larger than a double can hold", at: range.lowerBound)
        }
        return value
    }

    private var digit: Int64? {
        guard let byte = next, UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte else { return nil }
        return Int64(byte - UInt8(ascii: "0"))
    }

    private mutating func take(either first: Unicode.Scalar, _ second: Unicode.Scalar) -> Bool {
        guard next == UInt8(ascii: first) || next == UInt8(ascii: second) else { return false }
        offset += 1
        return true
    }
}

extension Int64 {
    /// With a digit more, counted away from zero downwards; nil if that does not fit.
    fileprivate func appending(_ digit: Int64) -> Int64? {
        let (tens, tooLarge) = multipliedReportingOverflow(by: 10)
        let (sum, tooLow) = tens.subtractingReportingOverflow(digit)
        return tooLarge || tooLow ? nil : sum
    }
}
