// SPDX-License-Identifier: Apache-2.0
import Testing
import JSON

@Suite("The scanner") struct JSONScannerTests {
    @Test("reads every kind of value", arguments: [
        ("null", JSONValue.null), ("true", .bool(true)), ("false", .bool(false)), ("0", .integer(0)), ("\"\"", .string("")),
        ("[]", .array([])), ("[ ]", .array([])), ("{}", .object(JSONObject())), ("{ \n}", .object(JSONObject())),
        ("[null, 1 ,\"a\"]", .array([.null, .integer(1), .string("a")])), ("[[],[[]]]", .array([.array([]), .array([.array([])])])),
        (" \t\r\n1 \t\r\n", .integer(1)), ("[1\n,\t2]", .array([.integer(1), .integer(2)])),
    ])
    func accepts(text: String, expected: JSONValue) throws {
        #expect(try scan(text) == expected)
    }

    @Test("refuses what the grammar does not have", arguments: [
        "[1,]", "[,1]", "[1,,2]", "[1 2]", "[", "[1", "[1,", "]", "[1}", "{", "{\"a\"", "{\"a\":", "{\"a\":1", "{\"a\":1,",
        "{\"a\":1,}", "{,}", "{a:1}", "{'a':1}", "{\"a\" 1}", "{\"a\":}", "{\"a\":1 \"b\":2}", "{\"a\",\"b\"}", "{1:2}", "{null:1}",
        "'a'", "nul", "nulL", "True", "tru", "fals", "undefined", "NaN", "Infinity", "-Infinity", "//a\n1", "/*a*/1", "*", ":", ",", "\u{FEFF}1", "[\u{A0}1]", "[\u{2028}1]", "é", "\\u0031",
    ])
    func refusesSyntax(text: String) {
        #expect(refusal(of: text)?.code == .syntax)
    }

    @Test("refuses anything after the value", arguments: ["1 2", "{}{}", "[]x", "\"a\"b", "null,", "{}\u{0}", "1]", "[1]]", "[1]\u{FEFF}", "truex", "{} //"])
    func refusesTrailingBytes(text: String) {
        #expect(refusal(of: text)?.code == .trailingBytes)
    }

    @Test("refuses a text without a value", arguments: ["", " ", "\r\n\t "])
    func refusesNothing(text: String) {
        #expect(refusal(of: text)?.code == .empty)
    }

    @Test("names the byte order mark") func byteOrderMark() {
        #expect(refusal(of: "\u{FEFF}{}")?.message.contains("byte order mark") == true)
    }

    @Test("keeps members in the order they were written") func order() throws {
        guard case .object(let object) = try scan(#"{"b":1,"a":{"z":null},"":true}"#) else { return #expect(Bool(false)) }
        #expect(object.names == ["b", "a", ""])
        #expect(object.map(\.name) == object.names)
        #expect(object.count == 3)
        #expect(object["b"] == .integer(1))
        #expect(object["c"] == nil)
    }

    @Test("refuses a name that stands twice, also when one is written with escapes", arguments: [
        (#"{"a":1,"a":1}"#, "a", 7), (#"{"a":1,"\u0061":2}"#, "a", 7), (#"{"x":{"b":1,"c":2,"b":3}}"#, "b", 18), (#"{"":1,"":2}"#, "", 6),
    ])
    func duplicateName(text: String, name: String, offset: Int) {
        let error = refusal(of: text)
        #expect(error?.code == .duplicateKey(name))
        #expect(error?.offset == offset)
    }

    @Test("refuses the last of many names if it stands twice", arguments: [1, 15, 16, 17, 18, 5_000])
    func duplicateAmongMany(count: Int) throws {
        let members = (0..<count).map { "\"n\($0)\":0" }.joined(separator: ",")
        guard case .object(let object) = try scan("{\(members)}") else { return #expect(Bool(false)) }
        #expect(object.count == count)
        for again in Set([0, count / 2, count - 1]) {
            #expect(refusal(of: "{\(members),\"n\(again)\":0}")?.code == .duplicateKey("n\(again)"))
        }
    }

    @Test("takes names for the same only if their bytes are", arguments: [2, 40])
    func canonicallyEqualNames(count: Int) throws {
        let others = (2..<count).map { ",\"n\($0)\":0" }.joined()
        guard case .object(let object) = try scan("{\"\u{E9}\":1\(others),\"e\u{301}\":2}") else { return #expect(Bool(false)) }
        #expect(object.count == count)
        #expect(object["\u{E9}"] == .integer(1))
        #expect(object["e\u{301}"] == .integer(2))
    }

    @Test("counts arrays and objects as levels", arguments: [1, 2, 16, 256])
    func depth(limit: Int) throws {
        for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
            func nested(_ levels: Int) -> [UInt8] {
                Array((String(repeating: open, count: levels) + "1" + String(repeating: close, count: levels)).utf8)
            }
            #expect(throws: Never.self) { try JSONScanner.scan(nested(limit), maxDepth: limit) }
            let error = #expect(throws: JSONError.self) { try JSONScanner.scan(nested(limit + 1), maxDepth: limit) }
            #expect(error?.code == .tooDeep)
            #expect(error?.offset == open.utf8.count * limit)
        }
    }

    @Test("goes no deeper than it can, whatever is asked for") func deepest() {
        let brackets = [UInt8](repeating: UInt8(ascii: "["), count: 60_000)
        let error = #expect(throws: JSONError.self) { try JSONScanner.scan(brackets, maxDepth: .max) }
        #expect(error?.code == .tooDeep)
        #expect(error?.offset == JSONScanner.deepestSupported)
    }

    @Test("reads a text of just the length that is allowed") func length() throws {
        let text = Array(("\"" + String(repeating: "a", count: 98) + "\"").utf8)
        #expect(throws: Never.self) { try JSONScanner.scan(text, maxBytes: 100) }
        let error = #expect(throws: JSONError.self) { try JSONScanner.scan(text, maxBytes: 99) }
        #expect(error?.code == .tooLong)
    }

    @Test("says where the mistake is", arguments: [
        ("{\n  \"a\": 1,\n  \"b\": x\n}", 19, 3, 8), ("[\"é\",x]", 6, 1, 6), ("x", 0, 1, 1), ("[1,\r\n 2", 7, 2, 3),
    ])
    func place(text: String, offset: Int, line: Int, column: Int) {
        let error = refusal(of: text)
        #expect(error?.offset == offset)
        #expect(error?.line == line)
        #expect(error?.column == column)
    }

    @Test("tells control characters and broken UTF-8 outside strings from mere mistakes", arguments: [
        ([0x00], JSONError.Code.controlCharacter), ([0x5B, 0x01], .controlCharacter), ([0x5B, 0x0C, 0x5D], .controlCharacter),
        ([0xFF], .notUTF8), ([0x5B, 0xC3], .notUTF8), ([0x5B, 0xC0, 0xAF], .notUTF8), ([0x5B, 0xC3, 0xA9], .syntax),
    ] as [([UInt8], JSONError.Code)])
    func bytesOutsideStrings(bytes: [UInt8], code: JSONError.Code) {
        #expect(refusal(of: bytes)?.code == code)
    }
}

func scan(_ text: String) throws -> JSONValue {
    try JSONScanner.scan(Array(text.utf8))
}

func refusal(of text: String) -> JSONError? {
    refusal(of: Array(text.utf8))
}

func refusal(of bytes: [UInt8]) -> JSONError? {
    do {
        _ = try JSONScanner.scan(bytes)
        return nil
    } catch {
        return error
    }
}
