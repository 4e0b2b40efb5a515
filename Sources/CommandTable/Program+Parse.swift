// SPDX-License-Identifier: Apache-2.0

extension Program {
    /// Reads `arguments`, which are the process's without its own name.
    ///
    /// `--` ends the options; `-` alone is a positional; `--help` wins over whatever else is there.
    public func parse(_ arguments: [String]) throws(UsageError) -> Request {
        if let text = try informationAsked(in: arguments) { return .print(text) }
        var reader = ArgumentReader(program: self)
        var rest = arguments[...]
        while let argument = rest.popFirst() {
            if argument == "--" {
                for positional in rest { try reader.takeWord(positional) }
                break
            } else if argument.hasPrefix("-"), argument != "-" {
                try reader.takeOption(argument, rest: &rest)
            } else {
                try reader.takeWord(argument)
            }
        }
        return try reader.finish()
    }

    private func informationAsked(in arguments: [String]) throws(UsageError) -> String? {
        let options = arguments.prefix { $0 != "--" }
        let named = arguments.first { !$0.hasPrefix("-") }
        if named == "help" {
            let words = options.filter { !$0.hasPrefix("-") }
            return words.count > 1 ? help(for: try command(named: words[1])) : help
        }
        if options.contains("--help") || options.contains("-h") {
            let command = commands.first { command in options.contains(command.name) }
            return command.map { help(for: $0) } ?? help
        }
        return options.first == "--version" ? "\(name) \(version)\n" : nil
    }

    func command(named word: String) throws(UsageError) -> Command {
        if let command = commands.first(where: { $0.name == word }) { return command }
        let guess = nearest(to: word, among: commands.map(\.name)).map { ": did you mean \"\($0)\"?" } ?? ""
        throw UsageError("unknown command \"\(word)\"\(guess)\nsee `\(name) --help`")
    }
}

/// Gathers one command line.
private struct ArgumentReader {
    let program: Program
    var command: Command?
    var gathered = Arguments()

    mutating func takeWord(_ word: String) throws(UsageError) {
        guard let command else {
            self.command = try program.command(named: word)
            return
        }
        let index = gathered.positionals.count
        guard index < command.positionals.count else { throw wrong("\"\(word)\" is one argument too many") }
        let positional = command.positionals[index]
        guard !word.isEmpty else { throw wrong("\(positional.name) is empty") }
        gathered.positionals[positional.name] = word
    }

    mutating func takeOption(_ argument: String, rest: inout ArraySlice<String>) throws(UsageError) {
        let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let option = try option(parts[0])
        guard gathered.options[option.name] == nil else { throw wrong("--\(option.name) is given twice") }
        if option.kind == .flag {
            guard parts.count == 1 else { throw wrong("--\(option.name) takes no value") }
            gathered.options[option.name] = ""
            return
        }
        var value = parts.count == 2 ? parts[1] : nil
        if value == nil, let next = rest.first, !next.hasPrefix("--") { value = rest.popFirst() }
        guard let value, !value.isEmpty else {
            throw wrong("--\(option.name) needs a value: --\(option.name)=\(option.placeholder)")
        }
        if let fault = option.fault(in: value) { throw wrong("--\(option.name) \(fault)") }
        gathered.options[option.name] = value
    }

    func finish() throws(UsageError) -> Program.Request {
        guard let command else { throw UsageError("no command is given\n\n\(program.help)") }
        for positional in command.positionals where !positional.isOptional {
            if gathered.positionals[positional.name] == nil { throw wrong("\(positional.name) is missing") }
        }
        return .run(command: command.name, gathered)
    }

    private func option(_ argument: String) throws(UsageError) -> Option {
        let known = (command?.options ?? []) + program.commonOptions
        if argument.hasPrefix("--"), let option = known.first(where: { $0.name == argument.dropFirst(2) }) { return option }
        let bare = String(argument.drop { $0 == "-" })
        let guess = nearest(to: bare, among: known.map(\.name)).map { ": did you mean \"--\($0)\"?" } ?? ""
        throw wrong("unknown option \"\(argument)\"\(guess)")
    }

    private func wrong(_ message: String) -> UsageError {
        let command = command.map { " \($0.name)" } ?? ""
        return UsageError("\(message)\nsee `\(program.name)\(command) --help`")
    }
}

extension Option {
    fileprivate func fault(in value: String) -> String? {
        switch kind {
        case .flag, .text:
            nil
        case .integer(_, let range):
            Int(value).map(range.contains) == true
                ? nil : "is \"\(value)\": it must be a whole number from \(range.lowerBound) to \(range.upperBound)"
        case .choice(let values):
            values.contains(value) ? nil : "is \"\(value)\": it must be one of \(values.joined(separator: ", "))"
        }
    }
}
