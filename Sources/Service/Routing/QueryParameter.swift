// SPDX-License-Identifier: Apache-2.0

/// A parameter of a query, with its check.
public struct QueryParameter: Sendable {
    public enum Check: Sendable {
        case integer(ClosedRange<Int>)
        /// What is larger counts as the largest.
        case integerUpTo(Int)
        case choice([String])
        case text(longest: Int)
    }

    public let name: String
    public let summary: String
    public let check: Check

    public init(_ name: String, _ check: Check, _ summary: String) {
        self.name = name
        self.summary = summary
        self.check = check
    }

    static let cursor = QueryParameter("cursor", .text(longest: 256), "next_cursor of the page before")

    static func limit(_ range: ClosedRange<Int>, default usual: Int) -> QueryParameter {
        QueryParameter("limit", .integer(range), "how many, at most; \(usual) unless told")
    }

    /// What is wrong with `value`, for people.
    func fault(in value: String) -> String? {
        switch check {
        case .integer(let range):
            guard let number = Seconds.parse(value), range.contains(number) else {
                return "must be a whole number from \(range.lowerBound) to \(range.upperBound)"
            }
        case .integerUpTo:
            guard Seconds.parse(value) != nil else { return "must be a whole number, 0 or more" }
        case .choice(let choices):
            guard choices.contains(value) else { return "must be one of \(choices.joined(separator: ", "))" }
        case .text(let longest):
            guard (1...longest).contains(value.utf8.count) else { return "must have 1 to \(longest) bytes" }
        }
        return nil
    }
}
