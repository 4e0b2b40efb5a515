// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Onboarding

@Suite("A company's name")
struct CompanyNameTests {
    @Test("has 2 to 200 characters of any script", arguments: [
        "AB", "Acme Corporation", "\u{682A}\u{5F0F}", "\u{C5}s & S\u{F8}n \"A/S\"", " AB ", String(repeating: "x", count: 200),
        String(repeating: "\u{1F3ED}", count: 200),
    ])
    func allowed(name: String) {
        #expect(CompanyName.fault(of: name)?.message == nil)
    }

    static let refused: [(name: String, code: FieldError.Code)] = [
        ("", .tooShort), ("A", .tooShort), ("\u{1F3ED}", .tooShort), (" A ", .tooShort), ("   ", .tooShort),
        ("\u{A0}\u{3000}A", .tooShort),
        (String(repeating: "x", count: 201), .tooLong), (String(repeating: "\u{1F3ED}", count: 201), .tooLong),
        (String(repeating: "e\u{301}", count: 101), .tooLong),
        ("Ac\nme", .controlCharacter), ("Acme\r\n", .controlCharacter), ("Ac\tme", .controlCharacter), ("Acme\u{7F}", .controlCharacter),
        ("Acme\u{85}", .controlCharacter), ("Acme\u{2028}", .controlCharacter), ("Acme\u{2029}", .controlCharacter),
        ("\u{1B}[31mAcme", .controlCharacter),
    ]

    @Test("is refused by the rule that it breaks", arguments: refused)
    func refuses(name: String, code: FieldError.Code) {
        #expect(CompanyName.fault(of: name)?.code == code)
    }
}
