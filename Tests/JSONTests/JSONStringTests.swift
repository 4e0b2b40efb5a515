// SPDX-License-Identifier: Apache-2.0
import Testing
import JSON

@Suite("Strings") struct JSONStringTests {
    @Test("keep their text", arguments: [
        ("abc", "abc"), ("a b", "a b"), ("é€𝄞", "é€𝄞"), ("\u{7F}", "\u{7F}"), ("\u{FFFF}\u{10FFFF}", "\u{FFFF}\u{10FFFF}"),
        ("\u{2028}\u{FEFF}", "\u{2028}\u{FEFF}"), (#"\"\\\/\b\f\n\r\t"#, "\"\\/\u{8}\u{C}\n\r\t"), (#"a\nb\nc"#, "a\nb\nc"),
        (#"\u0041\u00e9\u20AC"#, "Aé€"), (#"\uD834\uDD1E"#, "𝄞"), (#"x\uD800\uDC00\uDBFF\uDFFFy"#, "x\u{10000}\u{10FFFF}y"),
        (#"\u0000"#, "\u{0}"), (#"a\u0000b"#, "a\u{0}b"), (#"é\u0301€"#, "é\u{301}€"), (#"\uFFFE\uFFFF"#, "\u{FFFE}\u{FFFF}"),
        (#"\\u0041"#, #"\u0041"#), (#"\u005C"#, "\\"), (#"\u0022"#, "\""), ("//", "//"),
    ])
    func accepts(written: String, expected: String) throws {
        guard case .string(let text) = try scan("\"\(written)\"") else { return #expect(Bool(false)) }
        #expect(Array(text.unicodeScalars) == Array(expected.unicodeScalars))
        guard case .object(let object) = try scan("{\"\(written)\":1}") else { return #expect(Bool(false)) }
        #expect(object[expected] == .integer(1))
    }

    @Test("with a wrong escape are refused", arguments: [
        #"\a"#, #"\'"#, #"\x41"#, #"\0"#, #"\U0041"#, #"\u"#, #"\u1"#, #"\u12"#, #"\u123"#, #"\u12G4"#, #"\u+123"#, #"\u 123"#, #"\u{41}"#,
        "\\\u{E9}", #"\uD834\u"#, #"\uD834\uDD1"#, #"\u１２３４"#,
    ])
    func wrongEscape(written: String) {
        #expect(refusal(of: "\"\(written)\"")?.code == .syntax)
    }

    @Test("with half a surrogate pair are refused, at the escape", arguments: [
        #"\uD800"#, #"\uDBFFx"#, #"\uDC00"#, #"\uDFFF\uD800"#, #"\uD800\uD800"#, #"\uD800\u0041"#, #"\uD800\n"#, #"\udc00\udc00"#,
    ])
    func loneSurrogate(written: String) {
        let error = refusal(of: "\"ab\(written)\"")
        #expect(error?.code == .loneSurrogate)
        #expect(error?.offset == 3)
    }

    @Test("with a raw control character are refused", arguments: UInt8(0)..<0x20)
    func controlCharacter(byte: UInt8) {
        for prefix in ["\"a", "\"\\n", "{\"a"] {
            let error = refusal(of: Array(prefix.utf8) + [byte] + Array("\"".utf8))
            #expect(error?.code == .controlCharacter)
            #expect(error?.offset == prefix.utf8.count)
        }
    }

    @Test("that are not UTF-8 are refused, at the first wrong byte", arguments: [
        ([0x80], 0), ([0xBF], 0), ([0xC3], 0), ([0xC3, 0x28], 0), ([0xE2, 0x82], 0), ([0xF0, 0x9F, 0x98], 0),        // cut off
        ([0xC0, 0xAF], 0), ([0xC1, 0xBF], 0), ([0xE0, 0x80, 0xAF], 0), ([0xF0, 0x80, 0x80, 0xAF], 0),                // overlong
        ([0xED, 0xA0, 0x80], 0), ([0xED, 0xBF, 0xBF], 0),                                                            // surrogates
        ([0xF4, 0x90, 0x80, 0x80], 0), ([0xF5, 0x80, 0x80, 0x80], 0), ([0xF8, 0x88, 0x80, 0x80, 0x80], 0),           // too large
        ([0xFE], 0), ([0xFF], 0), ([0x61, 0xC3, 0xA9, 0xFF], 3), ([0xC3, 0xA9, 0xE2, 0x82, 0x61], 2),
    ] as [([UInt8], Int)])
    func notUTF8(bytes: [UInt8], wrongByte: Int) {
        for prefix in ["\"", "\"\\n", "\"é\\u00e9"] {
            let error = refusal(of: Array(prefix.utf8) + bytes + Array("\"".utf8))
            #expect(error?.code == .notUTF8)
            #expect(error?.offset == prefix.utf8.count + wrongByte)
        }
    }

    @Test("without an end are refused", arguments: ["\"", "\"a", "\"\\", "\"\\\"", "\"\\u", "\"a\\n", "{\"a"])
    func unended(text: String) {
        #expect(refusal(of: text)?.code == .syntax)
    }
}
