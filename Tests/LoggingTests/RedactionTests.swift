// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Logging

@Suite struct RedactionTests {
    static let key = "acme_corp_api_Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4Zm9vYmFyYmF"

    @Test("hides e-mail addresses and random words, and nothing around them", arguments: [
        ("mail to admin@acme.com failed", "mail to <redacted> failed"),
        ("<admin+x@acme.com>, (b@c.de)", "<<redacted>>, (<redacted>)"),
        ("jörg@bücher.example", "<redacted>"),
        ("user=admin@acme.com;", "<redacted>;"),
        ("key \(key).", "key <redacted>"),
        ("Bearer \(key)", "Bearer <redacted>"),
        ("\"api_key\":\"\(key)\"", "\"api_key\":\"<redacted>\""),
    ])
    func hides(text: String, safe: String) {
        #expect(safeText(text) == safe)
    }

    @Test("leaves ids, digests and paths readable", arguments: [
        "job_019abcde12347abc8def0123456789ab",
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        "/var/lib/onboardd/datasets/ab/acme_corp_of_the_whole_world.sqlite", "@ 3 o'clock", "@home", "price @", "", "naïve ☕️",
    ])
    func leaves(text: String) {
        #expect(safeText(text) == text)
    }

    @Test("writes control characters out", arguments: [
        ("a\nb\r\n\tc", "a\\nb\\r\\n\\tc"), ("\u{0}\u{1b}[31m", "\\u{0}\\u{1b}[31m"), ("\u{7f}\u{9b}", "\\u{7f}\\u{9b}"),
        ("\u{2028}\u{202e}x", "\\u{2028}\\u{202e}x"),
    ])
    func controls(text: String, safe: String) {
        #expect(safeText(text) == safe)
    }

    @Test("a secret that the cut goes through does not show in part", arguments: [4_060, 4_080, 4_090])
    func cutSecret(start: Int) {
        let message = String(repeating: "x ", count: start / 2) + Self.key + " " + String(repeating: "y ", count: 3_000)
        let event = LogEvent(time: .earliest, level: .info, name: "test", message: message, fields: [])
        #expect(!LogLine(event).message.contains("acme"))
    }
}
