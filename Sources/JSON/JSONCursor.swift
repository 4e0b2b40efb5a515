// SPDX-License-Identifier: Apache-2.0

/// A place in a text, and the way forward from it. Lives only as long as the buffer it looks at.
struct JSONCursor {
    let bytes: UnsafeBufferPointer<UInt8>
    let maxDepth: Int
    var offset = 0

    /// The whole text: one value, with white space around it.
    mutating func text() throws(JSONError) -> JSONValue {
        guard !bytes.starts(with: [0xEF, 0xBB, 0xBF]) else {
            throw error(.syntax, "the text begins with a byte order mark; leave it out (RFC 8259, 8.1)")
        }
        skipSpace()
        guard next != nil else { throw error(.empty, "the text is empty; a JSON value was expected") }
        let value = try value(depth: 0)
        skipSpace()
        guard next == nil else { throw error(.trailingBytes, "after the value comes \(shown); nothing may follow it") }
        return value
    }

    /// - Parameter depth: how many arrays and objects are open around this value.
    private mutating func value(depth: Int) throws(JSONError) -> JSONValue {
        guard let byte = next else { throw unexpected(insteadOf: "a value") }
        return switch byte {
        case UInt8(ascii: "{"): try object(depth: depth + 1)
        case UInt8(ascii: "["): try array(depth: depth + 1)
        case UInt8(ascii: "\""): .string(try string())
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): try number()
        case UInt8(ascii: "t"): try literal("true", .bool(true))
        case UInt8(ascii: "f"): try literal("false", .bool(false))
        case UInt8(ascii: "n"): try literal("null", .null)
        default: throw unexpected(insteadOf: "a value")
        }
    }

    private mutating func object(depth: Int) throws(JSONError) -> JSONValue {
        try enter(depth)
        var object = JSONObject(), names = UsedNames()
        if take("}") { return .object(object) }
        repeat {
            skipSpace()
            guard next == UInt8(ascii: "\"") else { throw unexpected(insteadOf: "a name in double quotes") }
            let start = offset
            let name = try string()
            guard names.insert(name) else {
                throw error(.duplicateKey(name), "the name \"\(name.prefix(64))\" stands twice in one object", at: start)
            }
            guard take(":") else { throw unexpected(insteadOf: "`:`") }
            skipSpace()
            object.append(name, try value(depth: depth))
        } while take(",")
        guard take("}") else { throw unexpected(insteadOf: "`,` or `}`") }
        return .object(object)
    }

    private mutating func array(depth: Int) throws(JSONError) -> JSONValue {
        try enter(depth)
        var elements: [JSONValue] = []
        if take("]") { return .array(elements) }
        repeat {
            skipSpace()
            elements.append(try value(depth: depth))
        } while take(",")
        guard take("]") else { throw unexpected(insteadOf: "`,` or `]`") }
        return .array(elements)
    }

    private mutating func enter(_ depth: Int) throws(JSONError) {
        guard depth <= maxDepth else {
            throw error(.tooDeep, "arrays and objects lie more than \(maxDepth) deep in each other")
        }
        offset += 1
    }

    private mutating func literal(_ word: StaticString, _ value: JSONValue) throws(JSONError) -> JSONValue {
        let end = offset + word.utf8CodeUnitCount
        let letters = UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount)
        guard end <= bytes.count, bytes[offset..<end].elementsEqual(letters) else {
            throw error(.syntax, "a value begins with \(shown) that is not `\(word)`; texts stand in double quotes")
        }
        offset = end
        return value
    }
}

/// Steps.
extension JSONCursor {
    var next: UInt8? { offset < bytes.count ? bytes[offset] : nil }

    mutating func skipSpace() {
        while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { offset += 1 }
    }

    /// Goes past white space and this sign, if it is the next.
    private mutating func take(_ sign: Unicode.Scalar) -> Bool {
        skipSpace()
        guard next == UInt8(ascii: sign) else { return false }
        offset += 1
        return true
    }
}

/// Refusals.
extension JSONCursor {
    func error(_ code: JSONError.Code, _ message: String, at place: Int? = nil) -> JSONError {
        JSONError(code, message, at: place ?? offset, in: bytes)
    }

    func unexpected(insteadOf wanted: String) -> JSONError {
        guard let byte = next else { return error(.syntax, "the text ends where \(wanted) was expected") }
        if byte < 0x20 {
            return error(.controlCharacter, "a control character, \(shown), stands where \(wanted) was expected")
        }
        if byte >= 0x80, firstInvalidUTF8(in: offset..<min(offset + 4, bytes.count)) == offset {
            return error(.notUTF8, "the bytes here are not UTF-8")
        }
        return error(.syntax, "found \(shown) where \(wanted) was expected")
    }

    /// The next byte as a message names it.
    var shown: String {
        guard let byte = next else { return "the end" }
        return 0x21...0x7E ~= byte ? "`\(Unicode.Scalar(byte))`" : "the byte 0x" + hex(byte)
    }

    private func hex(_ byte: UInt8) -> String {
        (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
    }
}
