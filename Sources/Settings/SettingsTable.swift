// SPDX-License-Identifier: Apache-2.0

/// All settings of a program. What reads them, checks them and documents them is made from this one list.
public struct SettingsTable<Configuration: Sendable>: Sendable {
    /// In the order in which they are documented, those of a section side by side. A derived default sees the values of
    /// the settings above it.
    public let settings: [Setting<Configuration>]
    /// Holds the defaults that are not derived.
    let initial: Configuration
    /// What every variable's name begins with, before an underscore.
    let prefix: String
    /// Variables with that prefix that are no settings.
    let otherVariables: Set<String>

    public init(
        _ settings: [Setting<Configuration>], initial: Configuration, prefix: String, otherVariables: Set<String> = []
    ) {
        self.settings = settings
        self.initial = initial
        self.prefix = prefix
        self.otherVariables = otherVariables
    }

    /// The variable that sets this setting: `ONBOARDD_SECTION_KEY`.
    func variable(of setting: Setting<Configuration>) -> String {
        "\(prefix)_\(setting.section)_\(setting.key)".uppercased()
    }

    /// The settings by section, both in the table's order.
    var sections: [(name: String, settings: [Setting<Configuration>])] {
        settings.reduce(into: []) { sections, setting in
            if sections.last.map({ $0.name == setting.section }) == true {
                sections[sections.count - 1].settings.append(setting)
            } else {
                sections.append((String(setting.section), [setting]))
            }
        }
    }
}
