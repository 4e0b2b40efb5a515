// SPDX-License-Identifier: Apache-2.0

/// One setting: its name, what it takes, what it is for, and where in `Configuration` its value lands.
public struct Setting<Configuration: Sendable>: Sendable {
    /// `section.key`.
    public let name: String
    /// The command line's way to set it, as `--listen`.
    public let flag: String?
    public let effect: SettingEffect
    /// Sentences for whoever operates the program.
    public let summary: String
    /// What a value looks like; completes "write …".
    public let expects: String

    let notation: SettingNotation
    /// How the default is worked out, in words; nil where it is the value in the table's `initial`.
    let derivation: String?
    let assign: @Sendable (String, inout Configuration) throws(SettingRefusal) -> Void
    let derive: @Sendable (inout Configuration, SettingSources) -> Void
    let copy: @Sendable (_ from: Configuration, _ to: inout Configuration) -> Void
    /// The value in YAML's notation.
    let show: @Sendable (Configuration) -> String

    public init<Value>(
        _ name: String, _ kind: SettingKind<Value>, _ path: WritableKeyPath<Configuration, Value> & Sendable,
        flag: String? = nil, effect: SettingEffect = .onRestart,
        default rule: SettingDefault<Configuration, Value> = .initial, _ summary: String
    ) {
        self.name = name
        self.flag = flag
        self.effect = effect
        self.summary = summary
        expects = kind.expects
        notation = kind.notation
        derivation = rule.words
        assign = { text, configuration throws(SettingRefusal) in configuration[keyPath: path] = try kind.parse(text) }
        derive = { configuration, sources in
            if let derive = rule.derive { configuration[keyPath: path] = derive(configuration, sources) }
        }
        copy = { $1[keyPath: path] = $0[keyPath: path] }
        show = { kind.write($0[keyPath: path]) }
    }
}

/// When a changed value counts.
public enum SettingEffect: Sendable { case onReload, onRestart }

/// Where the value of a setting that nobody has set comes from.
public struct SettingDefault<Configuration: Sendable, Value: Sendable>: Sendable {
    let words: String?
    let derive: (@Sendable (Configuration, SettingSources) -> Value)?

    /// The value in the table's `initial` configuration.
    public static var initial: Self { Self(words: nil, derive: nil) }

    /// Worked out from the settings that stand above this one in the table, or from where settings come from.
    ///
    /// - Parameter words: how, for people; completes "default: …".
    public static func derived(
        _ words: String, _ derive: @escaping @Sendable (Configuration, SettingSources) -> Value
    ) -> Self {
        Self(words: words, derive: derive)
    }
}

extension Setting {
    var section: Substring { name.prefix { $0 != "." } }
    var key: Substring { name.dropFirst(section.count + 1) }
}
