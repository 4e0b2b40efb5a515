// SPDX-License-Identifier: Apache-2.0

extension SettingsTable {
    /// A configuration file with every setting at its default. A derived default is commented out and said in words.
    ///
    /// - Parameter heading: stands on top, as a comment.
    public func exampleFile(heading: String) -> String {
        var lines = comment(heading, indent: "")
        for section in sections {
            lines += ["", "\(section.name):"]
            for (index, setting) in section.settings.enumerated() {
                if index > 0 { lines.append("") }
                lines += comment(setting.summary, indent: "  ")
                lines += comment(facts(of: setting), indent: "  ")
                lines.append(setting.derivation == nil ? "  \(setting.key): \(setting.show(initial))" : "  # \(setting.key):")
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// The reference for people: a table for each section.
    public func reference() -> String {
        let blocks = sections.map { section in
            let rows = section.settings.map { setting in
                let `default` = setting.derivation ?? "`\(setting.show(initial))`"
                let flag = setting.flag.map { " Flag `\($0)`." } ?? ""
                let reload = setting.effect == .onReload ? " Read again on reload." : ""
                return "| `\(setting.name)` | \(`default`) | \(setting.expects) | \(setting.summary)\(flag)\(reload) |"
            }
            let head = ["## \(section.name)", "", "| setting | default | takes | meaning |", "|---|---|---|---|"]
            return (head + rows).joined(separator: "\n")
        }
        return blocks.joined(separator: "\n\n") + "\n"
    }

    private func facts(of setting: Setting<Configuration>) -> String {
        var facts = ["Takes \(setting.expects).", "Default: \(setting.derivation ?? setting.show(initial))."]
        if let flag = setting.flag { facts.append("Flag: \(flag).") }
        if setting.effect == .onReload { facts.append("Read again on reload.") }
        return facts.joined(separator: " ")
    }

    /// Lines of at most 100 columns, broken at spaces.
    private func comment(_ text: String, indent: String) -> [String] {
        var lines: [String] = []
        for word in text.split(whereSeparator: \.isWhitespace) {
            if let last = lines.last, last.count + 1 + word.count <= 100 {
                lines[lines.count - 1] = "\(last) \(word)"
            } else {
                lines.append("\(indent)# \(word)")
            }
        }
        return lines
    }
}
