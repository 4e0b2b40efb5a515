// SPDX-License-Identifier: Apache-2.0
import Testing
import YAML

@Suite("A scalar") struct YAMLScalarTests {
    @Test("that is plain has the type of the core schema", arguments: [
        ("", YAMLScalar.Value.null), ("~", .null), ("null", .null), ("Null", .null), ("NULL", .null), ("nULL", .string("nULL")),
        ("true", .bool(true)), ("True", .bool(true)), ("FALSE", .bool(false)), ("tRue", .string("tRue")),
        ("no", .string("no")), ("off", .string("off")), ("on", .string("on")), ("yes", .string("yes")), ("y", .string("y")),
        ("0", .int(0)), ("-0", .int(0)), ("+12", .int(12)), ("010", .int(10)), ("08", .int(8)), ("0o17", .int(15)), ("0xfF", .int(255)),
        ("9223372036854775807", .int(.max)), ("-9223372036854775808", .int(.min)),
        ("1_000", .string("1_000")), ("0b1", .string("0b1")), ("0x", .string("0x")), ("0o8", .string("0o8")), ("-0x1", .string("-0x1")),
        ("1:30", .string("1:30")), ("2026-01-01", .string("2026-01-01")), ("127.0.0.1", .string("127.0.0.1")), ("-", .string("-")),
        ("1.5", .float(1.5)), (".5", .float(0.5)), ("5.", .float(5)), ("-1e3", .float(-1000)), ("1E-2", .float(0.01)),
        (".inf", .float(.infinity)), ("-.Inf", .float(-.infinity)), ("+.INF", .float(.infinity)),
        (".", .string(".")), ("e5", .string("e5")), ("1e", .string("1e")), ("inf", .string("inf")), ("nan", .string("nan")),
        ("0x1p3", .string("0x1p3")), ("--1", .string("--1")), ("1.2.3", .string("1.2.3")), ("é", .string("é")),
    ])
    func plain(text: String, expected: YAMLScalar.Value) {
        #expect(YAMLScalar(plain: text)?.value == expected)
    }

    @Test("that is not a number is told from all others") func notANumber() {
        guard case .float(let number) = YAMLScalar(plain: ".nan")?.value else { return #expect(Bool(false)) }
        #expect(number.isNaN)
    }

    @Test("too large for its type is refused", arguments: ["9223372036854775808", "-9223372036854775809", "0xffffffffffffffff", "1e400"])
    func tooLarge(text: String) {
        #expect(YAMLScalar(plain: text) == nil)
        let error = #expect(throws: YAMLError.self) { try YAMLDocument.parse("a:\n  b: \(text)") }
        #expect(error?.mark == YAMLMark(line: 2, column: 6))
        #expect(throws: Never.self) { try YAMLDocument.parse("a: '\(text)'") }
    }

    @Test("in quotes, or in a block, is a text", arguments: [
        ("'true'", "true"), ("\"12\"", "12"), ("''", ""), ("\"\\u00e9\\0\"", "é\u{0}"), ("'it''s'", "it's"), ("|\n  12\n", "12\n"), (">-\n  a\n  b\n", "a b"),
    ])
    func quoted(written: String, text: String) throws {
        let node = try #require(try YAMLDocument.parse("key: \(written)")["key"])
        #expect(node.string == text)
        #expect(node.int == nil && node.bool == nil && !node.isNull)
    }

    @Test("is a duration if it is a number of seconds", arguments: [
        ("30", Duration.seconds(30)), ("0.25", .milliseconds(250)), ("'30'", nil), ("30s", nil), (".inf", nil), (".nan", nil), ("1e300", nil),
        ("-1", .seconds(-1)), ("9223372036854775807", nil),
    ])
    func duration(written: String, expected: Duration?) throws {
        #expect(try YAMLDocument.parse(written).duration == expected)
    }
}
