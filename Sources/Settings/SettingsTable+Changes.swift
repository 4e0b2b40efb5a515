// SPDX-License-Identifier: Apache-2.0

/// A setting that has another value than before; both in YAML's notation.
public struct SettingChange: Sendable, Equatable {
    public let name: String
    public let old: String
    public let new: String
    public let effect: SettingEffect
}

extension SettingChange: CustomStringConvertible {
    public var description: String {
        "\(name): \(old) -> \(new), " + (effect == .onReload ? "applied now" : "needs a restart")
    }
}

extension SettingsTable {
    /// What differs, in the table's order.
    public func changes(from old: Configuration, to new: Configuration) -> [SettingChange] {
        settings.compactMap { setting in
            let before = setting.show(old), after = setting.show(new)
            guard before != after else { return nil }
            return SettingChange(name: setting.name, old: before, new: after, effect: setting.effect)
        }
    }

    /// The running configuration with what a reload may change taken from the new one, and nothing else.
    public func reloading(_ running: Configuration, from new: Configuration) -> Configuration {
        var result = running
        for setting in settings where setting.effect == .onReload { setting.copy(new, &result) }
        return result
    }
}
