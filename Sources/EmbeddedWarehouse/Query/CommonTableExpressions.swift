// SPDX-License-Identifier: Apache-2.0

/// How far common table expressions can multiply.
///
/// SQLite 3.40 copies an expression into each place that names it before anything can interrupt it: twenty of them, each
/// naming the one before twice, fill gigabytes from 700 bytes of SQL (measured: 18 take 480 MB and 3 s).
enum CommonTableExpressions {
    /// An upper bound of the copies of one expression: the product of how often each is named. A name that several
    /// expressions bear counts for each of them.
    static func mostCopies(in sql: String) -> Int {
        let tokens = SQLTokens(sql).all
        var definitions: [String: Int] = [:]
        for position in tokens.indices {
            if let name = name(definedAt: position, in: tokens) { definitions[name, default: 0] += 1 }
        }
        var copies = 1
        for (name, count) in definitions {
            let named = tokens.indices.count { tokens[$0] == .word(name) && !isQualifier($0, in: tokens) } - count
            for _ in 0..<count {
                let (product, overflow) = copies.multipliedReportingOverflow(by: max(named, 1))
                guard !overflow else { return .max }
                copies = product
            }
        }
        return copies
    }

    /// `name AS (`, `name (columns) AS (`, each perhaps with [NOT] MATERIALIZED: the name, if AS is at `position`.
    private static func name(definedAt position: Int, in tokens: [SQLTokens.Token]) -> String? {
        guard tokens[position] == .word("as"), position > 0 else { return nil }
        var after = position + 1
        while after < tokens.count, [.word("not"), .word("materialized")].contains(tokens[after]) { after += 1 }
        guard after < tokens.count, tokens[after] == .symbol(UInt8(ascii: "(")) else { return nil }
        var before = position - 1
        if tokens[before] == .symbol(UInt8(ascii: ")")) {
            guard let start = tokens[..<before].lastIndex(of: .symbol(UInt8(ascii: "("))), start > 0 else { return nil }
            before = start - 1
        }
        guard case .word(let name) = tokens[before] else { return nil }
        return name
    }

    /// `name.column` names no table anew.
    private static func isQualifier(_ position: Int, in tokens: [SQLTokens.Token]) -> Bool {
        position + 1 < tokens.count && tokens[position + 1] == .symbol(UInt8(ascii: "."))
    }
}

/// SQL cut into words and symbols, as SQLite's tokenizer would, without comments.
struct SQLTokens {
    enum Token: Equatable {
        /// An identifier, keyword, string or number, unquoted, in lower case.
        case word(String)
        case symbol(UInt8)
    }

    private(set) var all: [Token] = []

    init(_ sql: String) {
        var rest = Array(sql.utf8)[...]
        while let byte = rest.first {
            switch byte {
            // SQLite takes even a string for a name, where only a name can be.
            case UInt8(ascii: "'"), UInt8(ascii: "\""), UInt8(ascii: "`"):
                all.append(.word(Self.takeQuoted(&rest, until: byte)))
            case UInt8(ascii: "["): all.append(.word(Self.takeQuoted(&rest, until: UInt8(ascii: "]"))))
            case UInt8(ascii: "-") where rest.dropFirst().first == byte: rest = rest.drop { $0 != UInt8(ascii: "\n") }
            case UInt8(ascii: "/") where rest.dropFirst().first == UInt8(ascii: "*"): Self.skipComment(&rest)
            case _ where Self.isWord(byte): all.append(.word(Self.takeWord(&rest)))
            default:
                if byte > UInt8(ascii: " ") { all.append(.symbol(byte)) }
                rest.removeFirst()
            }
        }
    }

    /// Letters, digits, `_`, `$` and all that isn't ASCII.
    private static func isWord(_ byte: UInt8) -> Bool {
        switch byte | 0x20 {
        case UInt8(ascii: "a")...UInt8(ascii: "z"): true
        default: (0x30...0x39).contains(byte) || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "$") || byte >= 0x80
        }
    }

    private static func takeWord(_ rest: inout ArraySlice<UInt8>) -> String {
        let word = rest.prefix(while: isWord)
        rest = rest[word.endIndex...]
        return String(decoding: word, as: UTF8.self).lowercased()
    }

    /// A quote inside is written twice.
    private static func takeQuoted(_ rest: inout ArraySlice<UInt8>, until end: UInt8) -> String {
        rest.removeFirst()
        var text: [UInt8] = []
        while let byte = rest.popFirst() {
            if byte == end {
                guard end != UInt8(ascii: "]"), rest.first == end else { break }
                rest.removeFirst()
            }
            text.append(byte)
        }
        return String(decoding: text, as: UTF8.self).lowercased()
    }

    private static func skipComment(_ rest: inout ArraySlice<UInt8>) {
        rest = rest.dropFirst(2)
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "*"), rest.first == UInt8(ascii: "/") else { continue }
            rest.removeFirst()
            return
        }
    }
}
