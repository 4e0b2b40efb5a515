// SPDX-License-Identifier: Apache-2.0
import YAML

extension SettingsTable {
    /// Reads all sources and checks every value in them, also one that a stronger source overrules.
    ///
    /// - Throws: everything that is wrong, not only the first.
    public func read(_ sources: SettingSources) throws(SettingsError) -> Configuration {
        var problems: [SettingProblem] = []
        let written = fileValues(sources.file, &problems) + variableValues(sources.environment, &problems)
            + flagValues(sources.flags, &problems)
        let bySetting = Dictionary(grouping: written, by: \.setting)

        var configuration = initial
        for setting in settings {
            setting.derive(&configuration, sources)
            for value in bySetting[setting.name] ?? [] {        // the stronger source comes later
                do throws(SettingRefusal) {
                    try setting.assign(try value.text(setting.notation), &configuration)
                } catch {
                    let message = "\(error.wrong); \(error.instead ?? "write \(setting.expects)")"
                    problems.append(SettingProblem(place: value.place, setting: setting.name, message: message))
                }
            }
        }
        guard problems.isEmpty else { throw SettingsError(problems) }
        return configuration
    }

    private func fileValues(_ path: String?, _ problems: inout [SettingProblem]) -> [WrittenValue] {
        guard let path else { return [] }
        do throws(YAMLError) {
            return fileValues(in: try YAMLDocument.read(path), of: path, &problems)
        } catch {
            problems.append(SettingProblem(place: .file(path, error.mark), setting: nil, message: error.message))
            return []
        }
    }

    private func fileValues(
        in root: YAMLNode, of path: String, _ problems: inout [SettingProblem]
    ) -> [WrittenValue] {
        var values: [WrittenValue] = []
        func refuse(_ node: YAMLNode, _ name: String?, _ message: String) {
            problems.append(SettingProblem(place: .file(path, node.mark), setting: name, message: message))
        }

        if root.isNull { return [] }
        let known = Set(settings.map(\.name)), knownSections = Set(settings.map { String($0.section) })
        guard let sections = root.mapping else {
            let example = knownSections.min() ?? "section"
            refuse(root, nil, "the file is not a mapping; write sections such as `\(example):` with their keys below")
            return []
        }
        for (key, content) in sections {
            let section = key.scalar?.text ?? ""
            guard knownSections.contains(section) else {
                refuse(key, section, unknownSection(section))
                continue
            }
            if content.isNull { continue }      // all its keys are commented out
            guard let pairs = content.mapping else {
                refuse(content, section, "is a section, not a setting; write its keys below it, indented")
                continue
            }
            for (key, value) in pairs {
                let name = "\(section).\(key.scalar?.text ?? "")"
                guard known.contains(name) else {
                    refuse(key, name, unknownSetting(name))
                    continue
                }
                values.append(WrittenValue(setting: name, place: .file(path, value.mark), value))
            }
        }
        return values
    }

    private func variableValues(
        _ environment: [String: String], _ problems: inout [SettingProblem]
    ) -> [WrittenValue] {
        let names = Dictionary(settings.map { (variable(of: $0), $0.name) }) { first, _ in first }
        var values: [WrittenValue] = []
        for (variable, text) in environment where variable.hasPrefix(prefix + "_") && !otherVariables.contains(variable) {
            if let name = names[variable] {
                values.append(WrittenValue(setting: name, place: .variable(variable), text))
            } else {
                let message = unknown("variable", variable, among: names.keys, otherwise: "unset it")
                problems.append(SettingProblem(place: .variable(variable), setting: nil, message: message))
            }
        }
        return values
    }

    private func flagValues(_ flags: [String: String], _ problems: inout [SettingProblem]) -> [WrittenValue] {
        var values: [WrittenValue] = []
        for (flag, text) in flags {
            if let setting = settings.first(where: { $0.flag == flag }) {
                values.append(WrittenValue(setting: setting.name, place: .flag(flag), text))
            } else {
                let message = unknown("flag", flag, among: settings.compactMap(\.flag), otherwise: "leave it out")
                problems.append(SettingProblem(place: .flag(flag), setting: nil, message: message))
            }
        }
        return values
    }
}

/// A value of a setting, before it is understood.
private struct WrittenValue {
    let setting: String
    let place: SettingPlace
    let text: (SettingNotation) throws(SettingRefusal) -> String

    init(setting: String, place: SettingPlace, _ node: YAMLNode) {
        self.setting = setting
        self.place = place
        text = { notation throws(SettingRefusal) in try notation.text(of: node) }
    }

    init(setting: String, place: SettingPlace, _ text: String) {
        self.setting = setting
        self.place = place
        self.text = { _ in text }
    }
}
