// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Service

struct FieldTests {
    @Test("Prefer is read as RFC 7240 has it, and what can't be read is ignored", arguments: [
        (["wait=10"], 10), (["respond-async, wait=10"], 10), (["WAIT=7; foo=bar"], 7), (["wait = \"5\""], 5),
        (["foo; wait=3, wait=9"], 9), (["wait=1, wait=2"], 1), (["wait=abc, wait=2"], nil), (["wait"], nil), (["wait=-1"], nil),
        (["a=\"x, wait=3\", wait=4"], 4), (["return=minimal", "wait=8"], 8), (["wait=99999999999999999999"], .max), ([], nil),
        ([",,"], nil), (["\"unclosed, wait=3"], nil),
    ] as [([String], Int?)])
    func prefer(lines: [String], wait: Int?) {
        #expect(Preferences(lines).wait == wait)
    }

    @Test("If-None-Match is a list of tags, weak or strong", arguments: [
        (["\"3\""], true), (["W/\"3\""], true), (["\"1\", W/\"2\" , \"3\""], true), (["\"1\"", "\"3\""], true), (["*"], true),
        (["\"4\""], false), (["3"], false), (["\"1, 3\""], false), (["W/3"], false),
    ])
    func tags(lines: [String], matches: Bool) {
        #expect((EntityTags(lines)?.matches("3") ?? false) == matches)
    }

    @Test("a tag may hold a backslash and a comma")
    func tagCharacters() {
        #expect(EntityTags([#""a\", "b,c""#]) == .list([#"a\"#, "b,c"]))
        #expect(EntityTags(["nothing"]) == nil)
        #expect(EntityTags([]) == nil)
    }

    @Test("of ranges in Accept the most specific decides", arguments: [
        ([], true), (["*/*"], true), (["application/json"], true), (["APPLICATION/JSON;q=0.1"], true), (["text/html, application/*;q=0.5"], true),
        (["text/html"], false), (["application/json;q=0, */*"], false), (["application/*;q=0, application/json"], true),
        (["*/*;q=0"], false), (["application/problem+json"], false), (["text/html", "application/json"], true),
        (["application/json; charset=utf-8; q=0.0"], false), ([""], true),
    ])
    func accept(lines: [String], accepts: Bool) {
        #expect(MediaRanges(lines).accepts("application", "json") == accepts)
    }

    @Test("a Content-Type is a media type and its parameters, and nothing more", arguments: [
        ("application/json", "json", nil), ("Application/JSON; Charset=\"UTF-8\"", "json", "utf-8"),
        ("application/json;charset=latin1", "json", "latin1"), ("application/json;", "json", nil),
    ] as [(String, String, String?)])
    func contentType(field: String, subtype: String, charset: String?) {
        let type = MediaType(field)
        #expect(type?.type == "application")
        #expect(type?.subtype == subtype)
        #expect(type?.charset == charset)
    }

    @Test("what is no media type is none", arguments: ["", "json", "application/", "application/json x", "/json", "a b/c"])
    func noContentType(field: String) {
        #expect(MediaType(field) == nil)
    }

    @Test("an idempotency key may be quoted or bare", arguments: [
        ("abc-1", "abc-1"), ("\"abc-1\"", "abc-1"), (#""a\"b""#, "a\"b"), ("with space", "with space"),
    ])
    func idempotencyKey(line: String, key: String) throws {
        #expect(try IdempotencyKeyField.read([line]) == key)
    }

    @Test("a key of another form is refused", arguments: [
        [""], ["\"\""], ["\"open"], ["\"a\"b"], ["é"], ["a", "b"], [String(repeating: "k", count: 256)],
    ])
    func badIdempotencyKey(lines: [String]) {
        let problem = #expect(throws: Problem.self) { try IdempotencyKeyField.read(lines) }
        #expect(problem?.code == .invalidIdempotencyKey)
    }

    @Test("255 characters are a key, and no field is none")
    func longestIdempotencyKey() throws {
        let longest = String(repeating: "k", count: 255)
        #expect(try IdempotencyKeyField.read([longest]) == longest)
        #expect(try IdempotencyKeyField.read([]) == nil)
    }

    @Test("a host is taken apart from its port", arguments: [
        ("LocalHost:8080", "localhost", true), ("127.0.0.1", "127.0.0.1", true), ("127.9.9.9:1", "127.9.9.9", true),
        ("[::1]:8080", "[::1]", true), ("example.com", "example.com", false), ("127.0.0.1.evil.example", "127.0.0.1.evil.example", false),
        ("127.0.0.256", "127.0.0.256", false), ("127.0.0.+1", "127.0.0.+1", false), ("localhost.evil.example:80", "localhost.evil.example", false),
    ])
    func host(authority: String, name: String, isLoopback: Bool) {
        let host = HostName(authority: authority)
        #expect(host?.text == name)
        #expect(host?.isLoopback == isLoopback)
    }

    @Test("what is no host is none", arguments: ["", ":80", "localhost:80a", "[::1", "[::1]x", "local:host:80"])
    func noHost(authority: String) {
        #expect(HostName(authority: authority) == nil)
    }

    @Test("a cursor leads back to its place, with its own filters only")
    func cursor() throws {
        let filter: [String?] = ["jobs", "failed", nil]
        for position: Int64 in [1, 255, 256, .max] {
            let text = Cursor(position: position).text(filter: filter)
            #expect(try Cursor(text, filter: filter).position == position)
            #expect(throws: Problem.self) { try Cursor(text, filter: ["jobs", nil, "failed"]) }
            #expect(throws: Problem.self) { try Cursor(text, filter: ["tenants"]) }
        }
    }

    @Test("a text that no list answered is no cursor", arguments: ["", "x", "AAAA", "!!!!", String(repeating: "A", count: 23)])
    func noCursor(text: String) {
        let problem = #expect(throws: Problem.self) { try Cursor(text, filter: ["jobs"]) }
        #expect(problem?.code == .invalidParameter)
    }
}
