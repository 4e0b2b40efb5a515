// SPDX-License-Identifier: Apache-2.0

extension Program {
    public var help: String {
        let commandRows = commands.map { command in
            ([command.name] + command.positionals.map(\.usage)).joined(separator: " ")
        }
        return [
            "\(name): \(summary)",
            "usage: \(name) COMMAND [options]",
            section("commands", Array(zip(commandRows, commands.map(\.summary)))),
            section("options of every command", rows(commonOptions + [Self.helpOption])),
            details,
            "`\(name) COMMAND --help` tells more; `\(name) --version` names the version.",
        ].filter { !$0.isEmpty }.joined(separator: "\n\n") + "\n"
    }

    func help(for command: Command) -> String {
        let words = [name, command.name] + command.positionals.map(\.usage) + ["[options]"]
        return [
            "\(name) \(command.name): \(command.summary)",
            "usage: \(words.joined(separator: " "))",
            section("arguments", command.positionals.map { ($0.name, $0.summary) }),
            section("options", rows(command.options)),
            section("options of every command", rows(commonOptions + [Self.helpOption])),
            command.details,
        ].filter { !$0.isEmpty }.joined(separator: "\n\n") + "\n"
    }

    private static let helpOption = Option("help", .flag, summary: "print this and exit")

    private func rows(_ options: [Option]) -> [(String, String)] {
        options.map { option in
            (option.kind == .flag ? "--\(option.name)" : "--\(option.name) \(option.placeholder)", option.summary)
        }
    }

    /// Two columns; nothing at all without rows.
    private func section(_ title: String, _ rows: [(String, String)]) -> String {
        guard !rows.isEmpty else { return "" }
        let width = rows.map(\.0.count).max() ?? 0
        let lines = rows.map { left, right in
            "  \(left)\(String(repeating: " ", count: width - left.count))  \(right)"
        }
        return (["\(title):"] + lines).joined(separator: "\n")
    }
}

extension Positional {
    fileprivate var usage: String { isOptional ? "[\(name)]" : name }
}

extension Option {
    var placeholder: String {
        switch kind {
        case .flag: ""
        case .text(let name), .integer(let name, _): name
        case .choice(let values): values.joined(separator: "|")
        }
    }
}
