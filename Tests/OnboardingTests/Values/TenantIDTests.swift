// SPDX-License-Identifier: Apache-2.0
import Testing
import Warehouse

@testable import Onboarding

@Suite("A tenant id")
struct TenantIDTests {
    @Test("is kept as it was given", arguments: [
        "abc", "acme_corp", "ACME_Corp", "123", "4you", "a__", "rama_2x333", "central1", "sqlitex", "information_schema_",
        String(repeating: "z", count: 50),
    ])
    func allowed(text: String) throws {
        #expect(try TenantID(text).text == text)
    }

    static let refused: [(text: String, code: InvalidValue.Code)] = [
        ("", .empty),
        ("a", .tooShort), ("ab", .tooShort),
        (String(repeating: "a", count: 51), .tooLong),
        ("_abc", .invalidCharacter), ("___", .invalidCharacter),
        ("acme corp", .invalidCharacter), (" acme", .invalidCharacter), ("acme ", .invalidCharacter),
        ("acme-corp", .invalidCharacter), ("acme.corp", .invalidCharacter), ("acme/corp", .invalidCharacter),
        ("../acme", .invalidCharacter), ("acme'corp", .invalidCharacter), ("acme;corp", .invalidCharacter),
        ("acme\n", .invalidCharacter), ("acme\r\n", .invalidCharacter), ("\nacme", .invalidCharacter),
        ("acme\0", .invalidCharacter), ("acme\u{2028}", .invalidCharacter),
    ]

    @Test("is refused by the rule that it breaks", arguments: refused)
    func refuses(text: String, code: InvalidValue.Code) {
        #expect(Self.fault(of: text)?.code == code)
    }

    @Test("has ASCII letters only, not what looks like them or folds to them", arguments: [
        "\u{430}cme", "acm\u{435}", "\u{FF41}cme", "acme\u{301}", "\u{212A}elvin", "\u{17F}tart", "acme\u{131}", "\u{661}\u{662}\u{663}",
        "acme\u{200B}", "acme\u{FF3F}corp",
    ])
    func lookAlikes(text: String) {
        #expect(Self.fault(of: text)?.code == .invalidCharacter)
    }

    @Test("is no name that the warehouse itself uses, in whatever case", arguments: [
        "tenants", "TENANTS", "Tenants", "tEnAnTs", "central", "Central", "main", "MAIN", "temp", "Temp",
        "information_schema", "INFORMATION_SCHEMA", "sqlite_", "sqlite_master", "SQLite_stat1", "SQLITE_anything",
    ])
    func reserved(text: String) {
        #expect(Self.fault(of: text)?.code == .reserved)
    }

    @Test("never is the name of the central dataset")
    func centralDataset() {
        #expect(Self.fault(of: CentralSchema.dataset)?.code == .reserved)
    }

    @Test("has one key for all ways of writing it")
    func folding() throws {
        #expect(try Set(["acme_corp", "ACME_CORP", "Acme_Corp", "aCmE_cOrP"].map { try TenantID($0).key }) == ["acme_corp"])
        #expect(try TenantID("acme_1").key != TenantID("acme_2").key)
    }

    @Test("folds ASCII letters only", arguments: [
        ("AZ_az09", "az_az09"), ("\u{C4}RGER", "\u{C4}rger"), ("\u{212A}", "\u{212A}"), ("\u{130}X", "\u{130}x"), ("@[", "@["), ("", ""),
    ])
    func foldsASCII(text: String, key: String) {
        #expect(Array(TenantID.key(of: text).utf8) == Array(key.utf8))
    }

    @Test("is refused without being repeated", arguments: ["geheim-1", "geheim\n", String(repeating: "geheim", count: 10)])
    func neverRepeated(text: String) throws {
        #expect(try #require(Self.fault(of: text)).message.contains("geheim") == false)
    }

    private static func fault(of text: String) -> InvalidValue? {
        do {
            _ = try TenantID(text)
            return nil
        } catch {
            return error
        }
    }
}
