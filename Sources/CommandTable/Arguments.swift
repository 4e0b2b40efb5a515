// SPDX-License-Identifier: Apache-2.0

/// A command's arguments, checked against its table.
public struct Arguments: Sendable {
    var options: [String: String] = [:]
    var positionals: [String: String] = [:]

    public func has(_ flag: Option) -> Bool {
        options[flag.name] != nil
    }

    public func text(_ option: Option) -> String? {
        options[option.name]
    }

    /// Within the option's range: the parser has refused all else.
    public func integer(_ option: Option) -> Int? {
        options[option.name].flatMap { Int($0) }
    }

    /// `nil` only for one that is optional and was left out.
    public func text(_ positional: Positional) -> String? {
        positionals[positional.name]
    }
}
