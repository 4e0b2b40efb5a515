// SPDX-License-Identifier: Apache-2.0

/// A type of setting: how a value is written, read and checked.
public struct SettingKind<Value: Sendable>: Sendable {
    /// What a value looks like; completes "write …".
    let expects: String
    let notation: SettingNotation
    /// From a variable's or a flag's text, or from a YAML value as `SettingNotation` turns it into text.
    let parse: @Sendable (String) throws(SettingRefusal) -> Value
    /// In YAML's notation.
    let write: @Sendable (Value) -> String

    public init(
        expects: String, notation: SettingNotation = .text,
        parse: @escaping @Sendable (String) throws(SettingRefusal) -> Value, write: @escaping @Sendable (Value) -> String
    ) {
        self.expects = expects
        self.notation = notation
        self.parse = parse
        self.write = write
    }

    /// The same, but for the values that `check` finds a fault with.
    public func refusing(_ check: @escaping @Sendable (Value) -> SettingRefusal?) -> Self {
        let parse = parse
        return Self(expects: expects, notation: notation, parse: { text throws(SettingRefusal) in
            let value = try parse(text)
            if let refusal = check(value) { throw refusal }
            return value
        }, write: write)
    }

    /// For a value that may be absent. It cannot be written as absent, only be left out.
    public static func optional<Present>(_ kind: SettingKind<Present>) -> Self where Value == Present? {
        Self(
            expects: kind.expects, notation: kind.notation,
            parse: { text throws(SettingRefusal) in try kind.parse(text) }, write: { $0.map(kind.write) ?? "null" })
    }
}

/// Why a value is refused, and what to write in its place.
public struct SettingRefusal: Error, Sendable, Equatable {
    let wrong: String
    /// Nil: what the setting's kind expects.
    let instead: String?

    /// - Parameter instead: a whole sentence without its full stop, as "write 127.0.0.1 for this machine".
    public init(_ wrong: String, instead: String? = nil) {
        self.wrong = wrong
        self.instead = instead
    }
}
