// SPDX-License-Identifier: Apache-2.0
import CommandTable

/// A bearer token. Printing it shows nothing.
struct Token: Sendable, CustomStringConvertible {
    let secret: String

    var description: String { "(token)" }

    /// From the file if one is named, else from the environment; `nil` where there is neither.
    static func find(file: String?, environment: [String: String]) throws -> Token? {
        if let file {
            return try Token(InputFile(path: file).text(limitBytes: 64 << 10), from: "the token file \(file)")
        }
        guard let secret = environment["ONBOARDD_TOKEN"], !secret.isEmpty else { return nil }
        return try Token(secret, from: "ONBOARDD_TOKEN")
    }

    private init(_ text: String, from source: String) throws(UsageError) {
        let words = text.split(whereSeparator: \.isWhitespace)
        guard words.count == 1, words[0].utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw UsageError("\(source) must hold one token and nothing else")
        }
        secret = String(words[0])
    }
}
