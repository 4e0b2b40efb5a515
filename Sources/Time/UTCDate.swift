// SPDX-License-Identifier: Apache-2.0

/// A day in UTC of the proleptic Gregorian calendar. Named zones are none of its business: they need their own data.
public struct UTCDate: Sendable, Hashable, Comparable {
    /// 0 to 9999, month 1 to 12, day 1 to 31: a wall time outside these years counts as the nearest day inside them.
    public let year: Int, month: Int, day: Int

    /// The day that holds `time`.
    public init(_ time: WallTime) {
        let inYears = min(max(time, .earliest), .latest)
        self.init(daysSince1970: Int(inYears.milliseconds.floorDivided(by: 86_400_000).quotient))
    }

    /// Nil where the calendar has no such day, or the year has no four digits.
    init?(year: Int, month: Int, day: Int) {
        guard 0...9999 ~= year, 1...12 ~= month, 1...Self.days(inMonth: month, of: year) ~= day else { return nil }
        self.year = year
        self.month = month
        self.day = day
    }

    /// `20261123`: sorts like the day, and fits names of tables and files.
    public var yyyymmdd: String {
        String(unsafeUninitializedCapacity: 8) { text in
            text.writeDigits(year, count: 4, at: 0)
            text.writeDigits(month, count: 2, at: 4)
            text.writeDigits(day, count: 2, at: 6)
            return 8
        }
    }

    public static func < (left: UTCDate, right: UTCDate) -> Bool {
        (left.year, left.month, left.day) < (right.year, right.month, right.day)
    }

    private static func days(inMonth month: Int, of year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}

extension UTCDate: CustomStringConvertible {
    /// `2026-11-23`
    public var description: String {
        String(unsafeUninitializedCapacity: 10) { text in
            write(into: text)
            return 10
        }
    }

    /// `2026-11-23` into the first ten bytes.
    func write(into text: UnsafeMutableBufferPointer<UInt8>) {
        text.writeDigits(year, count: 4, at: 0)
        text[4] = UInt8(ascii: "-")
        text.writeDigits(month, count: 2, at: 5)
        text[7] = UInt8(ascii: "-")
        text.writeDigits(day, count: 2, at: 8)
    }
}

// "days_from_civil" and "civil_from_days" of Howard Hinnant's chrono-Compatible Low-Level Date Algorithms: years begin
// in March, so that a leap day is the last day of its year, and 400 of them are an era of 146,097 days.
extension UTCDate {
    var daysSince1970: Int {
        let marchYear = month > 2 ? year : year - 1
        let (era, yearOfEra) = marchYear.floorDivided(by: 400)
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    private init(daysSince1970 days: Int) {
        let (era, dayOfEra) = (days + 719_468).floorDivided(by: 146_097)
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * marchMonth + 2) / 5 + 1
        month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        year = era * 400 + yearOfEra + (month <= 2 ? 1 : 0)
    }
}

extension BinaryInteger {
    /// Rounds down, so that the remainder is never negative.
    func floorDivided(by divisor: Self) -> (quotient: Self, remainder: Self) {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }
}

extension UnsafeMutableBufferPointer<UInt8> {
    /// Writes the last `count` decimal digits of `value`, which is not negative.
    func writeDigits(_ value: Int, count: Int, at start: Int) {
        var rest = value
        for index in stride(from: start + count - 1, through: start, by: -1) {
            self[index] = UInt8(ascii: "0") + UInt8(rest % 10)
            rest /= 10
        }
    }
}
