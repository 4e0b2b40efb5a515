// SPDX-License-Identifier: Apache-2.0

/// What one command takes. Both the parser and the help are made from it, so they cannot disagree.
public struct Command: Sendable {
    public let name: String
    public let positionals: [Positional]
    public let options: [Option]
    /// One line, in the list of commands and on top of the command's help.
    public let summary: String
    /// Paragraphs at the end of the command's help: what to expect, examples, exit codes.
    public let details: String

    public init(
        _ name: String, _ positionals: [Positional] = [], options: [Option] = [], summary: String, details: String = ""
    ) {
        self.name = name
        self.positionals = positionals
        self.options = options
        self.summary = summary
        self.details = details
    }
}

/// An argument that is known by its place.
public struct Positional: Sendable, Equatable {
    /// In capitals, as help shows it.
    public let name: String
    public let summary: String
    public let isOptional: Bool

    public init(_ name: String, summary: String, isOptional: Bool = false) {
        self.name = name
        self.summary = summary
        self.isOptional = isOptional
    }
}

/// `--name`, `--name VALUE` or `--name=VALUE`.
public struct Option: Sendable, Equatable {
    public enum Kind: Sendable, Equatable {
        case flag
        /// With the value's name in the help.
        case text(String)
        case integer(String, ClosedRange<Int>)
        case choice([String])
    }

    /// Without the two dashes.
    public let name: String
    public let kind: Kind
    public let summary: String

    public init(_ name: String, _ kind: Kind, summary: String) {
        self.name = name
        self.kind = kind
        self.summary = summary
    }
}
