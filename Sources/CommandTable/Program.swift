// SPDX-License-Identifier: Apache-2.0

/// A program's whole command line.
public struct Program: Sendable {
    public let name: String
    public let version: String
    public let summary: String
    public let commands: [Command]
    /// Taken by every command, before or after its name.
    public let commonOptions: [Option]
    /// Paragraphs at the end of the program's help.
    public let details: String

    public init(
        _ name: String, version: String, summary: String, commands: [Command], commonOptions: [Option] = [],
        details: String = ""
    ) {
        self.name = name
        self.version = version
        self.summary = summary
        self.commands = commands
        self.commonOptions = commonOptions
        self.details = details
    }

    public enum Request: Sendable {
        case run(command: String, Arguments)
        /// Help or the version, for stdout; exit 0.
        case print(String)
    }
}
