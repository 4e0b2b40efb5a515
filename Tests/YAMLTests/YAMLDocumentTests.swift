// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing
import YAML

@Suite("A document") struct YAMLDocumentTests {
    @Test("becomes a tree whose nodes know their place") func tree() throws {
        let root = try YAMLDocument.parse("""
            # comment
            listen:
              address: 127.0.0.1:8080   # comment
              hosts: [a, "b"]
            steps:
              - step_id: one
              - é: {x: 1}
            empty:
            """)
        #expect(root.mapping?.map(\.key.string) == ["listen", "steps", "empty"])
        let address = try #require(root["listen"]?["address"])
        #expect(address.string == "127.0.0.1:8080")
        #expect(address.mark == YAMLMark(line: 3, column: 12))
        #expect(root["listen"]?["hosts"]?.sequence?.map(\.string) == ["a", "b"])
        let number = try #require(root["steps"]?.sequence?[1]["é"]?["x"])
        #expect(number.int == 1)
        #expect(number.line == 7)
        #expect(number.column == 12)
        #expect(root["empty"]?.isNull == true)
        #expect(root["absent"] == nil)
        #expect(address["anything"] == nil)
    }

    @Test("without content is null", arguments: ["", "\n", "# only a comment\n", "---\n", "--- ~\n...\n", "\u{FEFF}"])
    func empty(text: String) throws {
        #expect(try YAMLDocument.parse(text).isNull)
    }

    @Test("is refused with the place, for what we do not read", arguments: [
        ("a: 1\nb: 2\na: 3", 3, 1, "line 1"), ("a: {b: 1, 'b': 2}", 1, 11, "`b`"), ("a: &x 1", 1, 4, "anchors"), ("a: &x [1]\nb: 2", 1, 4, "anchors"),
        ("a: &x {}", 1, 4, "anchors"), ("a: *x", 1, 4, "aliases"), ("*x : 1", 1, 1, "aliases"), ("a: !!str 1", 1, 4, "tags"), ("a: !mine [1]", 1, 4, "tags"),
        ("!!map {a: 1}", 1, 1, "tags"), ("a: 1\n---\nb: 2", 2, 1, "second document"), ("a: 1\n...\n---\n", 3, 1, "second document"),
        ("[a, b]: 1", 1, 1, "cannot be a key"), ("? {a: 1}\n: 2", 1, 3, "cannot be a key"),
    ])
    func refused(text: String, line: Int, column: Int, message: String) {
        let error = #expect(throws: YAMLError.self) { try YAMLDocument.parse(text, file: "some.yml") }
        #expect(error?.mark == YAMLMark(line: line, column: column))
        #expect(error?.message.contains(message) == true, "\(error?.message ?? "")")
        #expect(error?.description.hasPrefix("some.yml:\(line):\(column): ") == true)
    }

    @Test("is refused with the place, for what is not YAML", arguments: [
        ("a: [1, 2", 1), ("a: 1\n b: 2", 2), ("a: 'x", 1), ("\ta: 1", 1), ("a: b: c", 1), ("a: \"\\q\"", 1), ("{a: 1}}", 1), ("a: 1\nb: @x", 2), ("- 1\nb: 2", 2),
        ("a: 1\nb: %", 2),
    ])
    func malformed(text: String, line: Int) {
        let error = #expect(throws: YAMLError.self) { try YAMLDocument.parse(text) }
        #expect(error.map { 1...line + 1 ~= $0.line ?? 0 } == true, "\(String(describing: error))")
        #expect(error?.message.isEmpty == false)
    }

    @Test("is refused with the place, for bytes that are not UTF-8 text", arguments: [
        [0x61, 0x3A, 0x20, 0xFF], [0x61, 0x3A, 0x20, 0xC0, 0xAF], [0x61, 0x3A, 0x20, 0xED, 0xA0, 0x80], [0x61, 0x3A, 0x20, 0x00], [0x61, 0x3A, 0x20, 0x07],
    ] as [[UInt8]])
    func notText(bytes: [UInt8]) {
        let error = #expect(throws: YAMLError.self) { try YAMLDocument.parse(Array("é: 1\n".utf8) + bytes) }
        #expect(error?.mark == YAMLMark(line: 2, column: 4))
    }

    @Test("of UTF-16 is refused") func wrongEncoding() {
        #expect(throws: YAMLError.self) { try YAMLDocument.parse([0xFF, 0xFE, 0x61, 0x00]) }
    }

    @Test("goes down 32 levels and no further") func depth() {
        for (open, close) in [("[", "]"), ("{a: ", "}")] {
            func nested(_ levels: Int) -> String { String(repeating: open, count: levels) + String(repeating: close, count: levels) }
            #expect(throws: Never.self) { try YAMLDocument.parse(nested(32)) }
            let error = #expect(throws: YAMLError.self) { try YAMLDocument.parse(nested(33)) }
            #expect(error?.message.contains("32 deep") == true)
            #expect(error?.column == 32 * open.count + 1)
        }
    }

    @Test("cut off anywhere does no harm") func prefixes() {
        let text = Array("a:\n  - {b: [1, 'é'], \"c\": |x}\n  - d: >\n      e\n? f\n: g\n".utf8)
        for length in 0...text.count {
            do throws(YAMLError) {
                _ = try YAMLDocument.parse(Array(text.prefix(length)))
            } catch {
                #expect(!error.message.isEmpty)
            }
        }
    }
}

@Suite("A file") struct YAMLFileTests {
    @Test("is read, and named in errors") func read() throws {
        try withFile(Data("a: 1\na: 2\n".utf8)) { path in
            let error = #expect(throws: YAMLError.self) { try YAMLDocument.read(path) }
            #expect(error?.description.hasPrefix("\(path):2:1: ") == true)
        }
        try withFile(Data("a: 1\n".utf8)) { path in
            let root = try YAMLDocument.read(path)
            #expect(root["a"]?.int == 1)
        }
    }

    @Test("may have a mebibyte, not a byte more") func size() throws {
        let longest = Data("a: ".utf8) + Data(repeating: UInt8(ascii: "x"), count: YAMLDocument.maxBytes - 3)
        try withFile(longest) { path in
            let root = try YAMLDocument.read(path)
            #expect(root["a"]?.string?.utf8.count == YAMLDocument.maxBytes - 3)
        }
        try withFile(longest + Data("x".utf8)) { path in
            let error = #expect(throws: YAMLError.self) { try YAMLDocument.read(path) }
            #expect(error?.message.contains("larger than 1048576 bytes") == true)
        }
    }

    @Test("that cannot be read says why") func unreadable() {
        let absent = #expect(throws: YAMLError.self) { try YAMLDocument.read("/nonexistent/onboardd.yml") }
        #expect(absent?.description == "/nonexistent/onboardd.yml: cannot be read: No such file or directory")
        let folder = #expect(throws: YAMLError.self) { try YAMLDocument.read("/") }
        #expect(folder?.message == "cannot be read: Is a directory")
    }

    func withFile(_ data: Data, _ body: (String) throws -> Void) throws {
        let url = FileManager.default.temporaryDirectory.appending(component: "yaml-\(UUID().uuidString).yml")
        try data.write(to: url)
        defer { try? FileManager.default.removeItem(at: url) }
        try body(url.path)
    }
}
