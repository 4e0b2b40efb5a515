// SPDX-License-Identifier: Apache-2.0

extension SettingKind where Value == Int {
    /// - Parameter unit: in the plural, as "bytes"; nil for a bare number.
    public static func integer(in range: ClosedRange<Int>, of unit: String? = nil) -> Self {
        let bounds = "from \(range.lowerBound) to \(range.upperBound)"
        return Self(
            expects: unit.map { "a whole number of \($0) \(bounds)" } ?? "an integer \(bounds)", notation: .integer,
            parse: { text throws(SettingRefusal) in
                guard let number = Int(text) else { throw SettingRefusal("`\(text)` is not an integer") }
                guard range ~= number else {
                    throw SettingRefusal("\(number) is too \(number < range.lowerBound ? "small" : "large")")
                }
                return number
            },
            write: { String($0) })
    }
}

/// What a duration's number counts.
public enum DurationUnit: Int, Sendable {
    case seconds = 1, hours = 3_600, days = 86_400
}

extension SettingKind where Value == Duration {
    /// A whole number of `unit`, which ends the setting's name.
    public static func duration(in range: ClosedRange<Int>, _ unit: DurationUnit) -> Self {
        let integer = SettingKind<Int>.integer(in: range, of: "\(unit)")
        return Self(
            expects: integer.expects, notation: .integer,
            parse: { text throws(SettingRefusal) in .seconds(try integer.parse(text) * unit.rawValue) },
            write: { String(Int($0.components.seconds) / unit.rawValue) })
    }
}

extension SettingKind where Value == Bool {
    public static var boolean: Self {
        Self(
            expects: "true or false", notation: .boolean,
            parse: { text throws(SettingRefusal) in
                guard let value = Bool(text) else { throw SettingRefusal("`\(text)` is neither true nor false") }
                return value
            },
            write: { String($0) })
    }
}
