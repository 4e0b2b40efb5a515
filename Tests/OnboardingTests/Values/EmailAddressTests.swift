// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@testable import Onboarding

@Suite("An e-mail address")
struct EmailAddressTests {
    private static let local64 = String(repeating: "l", count: 64)
    private static let label63 = String(repeating: "d", count: 63)
    /// 254 characters: as long as a path of RFC 5321 lets it be.
    private static let longest = "\(local64)@\(label63).\(label63).\(String(repeating: "d", count: 61))"

    @Test("is kept as it was given", arguments: [
        "admin@acme.com", "Admin@ACME.com", "a@b.co", "first.last+tag@sub.example.org", "!#$%&'*+-/=?^_`{|}~@example.com",
        "1@2.example", "x@xn--bcher-kva.example", "a@1-2.io", "\(local64)@example.com", "a@\(label63).com", longest,
    ])
    func allowed(text: String) throws {
        #expect(try EmailAddress(text).text == text)
    }

    static let refused: [(text: String, code: InvalidValue.Code, rule: String)] = [
        ("", .empty, "is needed"),
        (longest + "d", .tooLong, "at most 254"),
        ("ad min@acme.com", .invalidCharacter, "visible ASCII"), ("admin@acme.com\n", .invalidCharacter, "visible ASCII"),
        ("Admin <admin@acme.com>", .invalidCharacter, "display names"), ("\u{E4}dmin@acme.com", .invalidCharacter, "accents"),
        ("admin@acm\u{E9}.com", .invalidCharacter, "visible ASCII"), ("admin@acme.com\0", .invalidCharacter, "visible ASCII"),
        ("admin", .invalidFormat, "exactly one @"), ("a@b@acme.com", .invalidFormat, "exactly one @"),
        ("@acme.com", .invalidFormat, "nothing before the @"),
        ("l\(local64)@acme.com", .tooLong, "at most 64"),
        ("\"admin\"@acme.com", .invalidFormat, "quoted local part"),
        ("ad,min@acme.com", .invalidCharacter, "before the @ holds only"), ("<admin>@acme.com", .invalidCharacter, "before the @ holds only"),
        (".admin@acme.com", .invalidFormat, "dot before the @"), ("admin.@acme.com", .invalidFormat, "dot before the @"),
        ("ad..min@acme.com", .invalidFormat, "dot before the @"),
        ("admin@[127.0.0.1]", .invalidFormat, "IP address"),
        ("admin@localhost", .invalidFormat, "at least two parts"), ("admin@", .invalidFormat, "at least two parts"),
        ("admin@.com", .invalidFormat, "between two parts"), ("admin@acme..com", .invalidFormat, "between two parts"),
        ("admin@acme.com.", .invalidFormat, "between two parts"),
        ("admin@d\(label63).com", .tooLong, "at most 63"),
        ("admin@ac_me.com", .invalidCharacter, "letters, digits, hyphens and dots"),
        ("admin@acme!.com", .invalidCharacter, "letters, digits, hyphens and dots"),
        ("admin@-acme.com", .invalidFormat, "begins or ends with a hyphen"),
        ("admin@acme-.com", .invalidFormat, "begins or ends with a hyphen"),
        ("admin@acme.c", .invalidFormat, "two or more characters"), ("admin@10.0.0.12", .invalidFormat, "not only digits"),
    ]

    @Test("is refused with the rule that it breaks", arguments: refused)
    func refuses(text: String, code: InvalidValue.Code, rule: String) throws {
        let fault = try #require(Self.fault(of: text))
        #expect(fault.code == code)
        #expect(fault.message.contains(rule), "\(fault.message)")
    }

    @Test("is in no text that is made of it, and in no refusal")
    func neverShown() throws {
        let address = try EmailAddress("secret.person@acme.com")
        var dumped = ""
        dump(address, to: &dumped)
        let fault = try #require(Self.fault(of: "secret.person@acme-.com"))
        for text in ["\(address)", String(reflecting: address), String(describing: [address]), dumped, fault.message] {
            #expect(!text.contains("secret") && !text.contains("acme"), "\(text)")
        }
    }

    @Test("is stored as its text, and read back by the same rules")
    func stored() throws {
        let address = try EmailAddress("admin@acme.com")
        let bytes = try JSONEncoder().encode([address])
        #expect(String(decoding: bytes, as: UTF8.self) == #"["admin@acme.com"]"#)
        #expect(try JSONDecoder().decode([EmailAddress].self, from: bytes) == [address])
        #expect(throws: InvalidValue.self) { try JSONDecoder().decode([EmailAddress].self, from: Data(#"["admin"]"#.utf8)) }
    }

    private static func fault(of text: String) -> InvalidValue? {
        do {
            _ = try EmailAddress(text)
            return nil
        } catch {
            return error
        }
    }
}
