// SPDX-License-Identifier: Apache-2.0
import Testing
import JSON

@Suite("Numbers") struct JSONNumberTests {
    @Test("without fraction and exponent are integers", arguments: [
        ("0", 0), ("-0", 0), ("7", 7), ("-1", -1), ("10", 10), ("9223372036854775807", .max), ("-9223372036854775808", .min),
    ] as [(String, Int64)])
    func integers(text: String, expected: Int64) throws {
        #expect(try scan(text) == .integer(expected))
    }

    @Test("with a fraction or an exponent are doubles", arguments: [
        ("1.0", 1), ("-0.0", 0), ("0.5", 0.5), ("1e2", 100), ("1E+2", 100), ("12.5e-1", 1.25), ("0e0", 0), ("0E1", 0), ("1e00", 1),
        ("1.7976931348623157e308", .greatestFiniteMagnitude), ("5e-324", .leastNonzeroMagnitude), ("1e-400", 0),
        ("9223372036854775808.0", 0x1p63), ("0." + String(repeating: "3", count: 40_000), 1.0 / 3),
        (String(repeating: "1", count: 300) + ".5e-299", 1.1111111111111112),
    ])
    func doubles(text: String, expected: Double) throws {
        #expect(try scan(text) == .number(expected))
    }

    @Test("that cannot be held are refused", arguments: [
        "9223372036854775808", "-9223372036854775809", "100000000000000000000", "1e400", "-1e400", "1e309", "1.8e308", "123e99999999999",
        String(repeating: "9", count: 60_000), String(repeating: "9", count: 400) + ".0",
    ])
    func outOfRange(text: String) {
        #expect(refusal(of: text)?.code == .numberOutOfRange)
        #expect(refusal(of: "[\(text)]")?.offset == 1)
    }

    @Test("in any other notation are refused", arguments: [
        "+1", "01", "-01", "00", "-", "--1", "-a", ".5", "-.5", "5.", "5.e1", "1e", "1e+", "1E-", "1.e", "1ee2", "1e2.5", "1e+-2", "0x10",
        "1_000", "1,5", "١", "１", "1 000", "0.1.2", "1-2", "2e1e1",
    ])
    func notation(text: String) {
        #expect(refusal(of: "[[\(text)], 1") != nil)
        let code = refusal(of: text)?.code
        #expect(code == .syntax || code == .trailingBytes)
    }
}
