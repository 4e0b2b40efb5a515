// SPDX-License-Identifier: Apache-2.0

extension JSONCursor {
    /// The string that begins at the quote under the cursor. Without escapes its bytes are copied once.
    mutating func string() throws(JSONError) -> String {
        offset += 1
        let start = offset
        try skipPlainBytes()
        if next == UInt8(ascii: "\"") {
            offset += 1
            return try utf8(start..<offset - 1)
        }
        return try stringWithEscapes(from: start)
    }

    private mutating func stringWithEscapes(from start: Int) throws(JSONError) -> String {
        var decoded = Array(bytes[start..<offset])
        while next == UInt8(ascii: "\\") {
            try appendEscape(to: &decoded)
            let run = offset
            try skipPlainBytes()
            decoded.append(contentsOf: bytes[run..<offset])
        }
        offset += 1
        guard let text = String(validating: decoded, as: UTF8.self) else { throw notUTF8(in: start..<offset - 1) }
        return text
    }

    /// Stops at a quote or a backslash.
    private mutating func skipPlainBytes() throws(JSONError) {
        while let byte = next {
            if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { return }
            guard byte >= 0x20 else {
                throw error(.controlCharacter, "a control character, \(shown), stands in a string; write it as an escape")
            }
            offset += 1
        }
        throw error(.syntax, "the text ends inside a string")
    }

    private mutating func appendEscape(to decoded: inout [UInt8]) throws(JSONError) {
        let start = offset
        offset += 1
        guard let sign = next else { throw error(.syntax, "the text ends inside a string") }
        offset += 1
        switch sign {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): decoded.append(sign)
        case UInt8(ascii: "b"): decoded.append(0x08)
        case UInt8(ascii: "f"): decoded.append(0x0C)
        case UInt8(ascii: "n"): decoded.append(0x0A)
        case UInt8(ascii: "r"): decoded.append(0x0D)
        case UInt8(ascii: "t"): decoded.append(0x09)
        case UInt8(ascii: "u"): decoded.append(contentsOf: String(try codePoint(escapedAt: start)).utf8)
        default:
            throw error(.syntax, "JSON has no such escape; after `\\` comes one of \" \\ / b f n r t u", at: start)
        }
    }

    /// The code point of `\uXXXX`, or of two such escapes that make a surrogate pair. The cursor is past the first `\u`.
    private mutating func codePoint(escapedAt start: Int) throws(JSONError) -> Character {
        var code = try fourHexDigits()
        if 0xD800...0xDBFF ~= code, bytes[offset...].starts(with: [UInt8(ascii: "\\"), UInt8(ascii: "u")]) {
            offset += 2
            let low = try fourHexDigits()
            guard 0xDC00...0xDFFF ~= low else { throw loneSurrogate(at: start) }
            code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
        }
        guard let scalar = Unicode.Scalar(code) else { throw loneSurrogate(at: start) }
        return Character(scalar)
    }

    private mutating func fourHexDigits() throws(JSONError) -> UInt32 {
        var code: UInt32 = 0
        for _ in 0..<4 {
            guard let byte = next, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
                throw error(.syntax, "after `\\u` come four hexadecimal digits")
            }
            code = code << 4 | UInt32(digit)
            offset += 1
        }
        return code
    }

    private func loneSurrogate(at start: Int) -> JSONError {
        error(.loneSurrogate, "an escape with half of a surrogate pair stands for no character", at: start)
    }

    private func utf8(_ range: Range<Int>) throws(JSONError) -> String {
        guard let text = String(validating: UnsafeBufferPointer(rebasing: bytes[range]), as: UTF8.self) else {
            throw notUTF8(in: range)
        }
        return text
    }

    private func notUTF8(in range: Range<Int>) -> JSONError {
        error(.notUTF8, "the bytes here are not UTF-8", at: firstInvalidUTF8(in: range) ?? range.lowerBound)
    }

    func firstInvalidUTF8(in range: Range<Int>) -> Int? {
        var parser = Unicode.UTF8.ForwardParser(), rest = bytes[range].makeIterator(), place = range.lowerBound
        while true {
            switch parser.parseScalar(from: &rest) {
            case .valid(let encoded): place += encoded.count
            case .error: return place
            case .emptyInput: return nil
            }
        }
    }
}
