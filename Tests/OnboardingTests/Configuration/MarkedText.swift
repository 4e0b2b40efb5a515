// SPDX-License-Identifier: Apache-2.0
import Testing
import YAML

/// A configuration text with one fault, whose place is marked by `»`.
struct MarkedText: Sendable, CustomTestStringConvertible {
    let text: String
    let line: Int
    let column: Int
    /// What the message has to say.
    let words: [String]

    init(_ marked: String, _ words: String...) {
        let before = marked.prefix { $0 != "»" }
        text = String(before + marked.dropFirst(before.count + 1))
        line = before.count { $0 == "\n" } + 1
        column = before.reversed().prefix { $0 != "\n" }.count + 1
        self.words = words
    }

    var testDescription: String { words.joined(separator: ", ") }

    static let file = "some.yml"

    /// Expects that `read` refuses the text, at the mark, with the words.
    func expectRefusal<Value>(
        sourceLocation: SourceLocation = #_sourceLocation, _ read: (YAMLNode, String?) throws(YAMLError) -> Value
    ) {
        do {
            _ = try read(YAMLDocument.parse(text, file: Self.file), Self.file)
            Issue.record("it was taken", sourceLocation: sourceLocation)
        } catch {
            let refusal = error.description
            #expect(refusal.hasPrefix("\(Self.file):\(line):\(column): "), "\(refusal)", sourceLocation: sourceLocation)
            for word in words { #expect(refusal.contains(word), "\(refusal)", sourceLocation: sourceLocation) }
        }
    }
}
