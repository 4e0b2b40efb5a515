// SPDX-License-Identifier: Apache-2.0

/// Where settings come from: a flag overrules a variable, a variable the file, the file the default.
public struct SettingSources: Sendable {
    /// The path of the YAML file, if there is one to be read.
    public var file: String?
    /// All variables; those without the table's prefix are left alone.
    public var environment: [String: String]
    /// The text of each flag that was given, by the flag's name with its dashes.
    public var flags: [String: String]

    public init(file: String? = nil, environment: [String: String] = [:], flags: [String: String] = [:]) {
        self.file = file
        self.environment = environment
        self.flags = flags
    }
}
