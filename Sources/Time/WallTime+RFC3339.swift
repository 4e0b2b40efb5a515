// SPDX-License-Identifier: Apache-2.0

extension WallTime {
    /// `2026-11-23T23:40:48.123Z`, always 24 characters. A time before the year 0000 or after 9999 is written as the
    /// nearest one inside.
    public var rfc3339: String {
        let time = min(max(self, .earliest), .latest)
        let date = UTCDate(time)
        let ofDay = Int(time.milliseconds.floorDivided(by: 86_400_000).remainder)
        return String(unsafeUninitializedCapacity: 24) { text in
            date.write(into: text)
            text[10] = UInt8(ascii: "T")
            text.writeDigits(ofDay / 3_600_000, count: 2, at: 11)
            text[13] = UInt8(ascii: ":")
            text.writeDigits(ofDay / 60_000 % 60, count: 2, at: 14)
            text[16] = UInt8(ascii: ":")
            text.writeDigits(ofDay / 1_000 % 60, count: 2, at: 17)
            text[19] = UInt8(ascii: ".")
            text.writeDigits(ofDay % 1_000, count: 3, at: 20)
            text[23] = UInt8(ascii: "Z")
            return 24
        }
    }

    /// Reads `date-time` of RFC 3339, section 5.6, with any offset; `-00:00` counts as UTC. Digits of the second's
    /// fraction after the third are cut off.
    ///
    /// Stricter than the RFC in two points: `T` and `Z` are upper-case, and second 60 is refused, because POSIX time has
    /// no place for a leap second and a client's time is never moved silently.
    /// - Returns: nil for anything else, and for an instant outside the years 0000 to 9999 in UTC.
    public init?(rfc3339 text: String) {
        var scanner = Scanner(rest: text.utf8[...])
        guard
            let year = scanner.number(digits: 4), scanner.skip("-"),
            let month = scanner.number(digits: 2), scanner.skip("-"),
            let day = scanner.number(digits: 2), scanner.skip("T"),
            let hour = scanner.number(digits: 2), scanner.skip(":"),
            let minute = scanner.number(digits: 2), scanner.skip(":"),
            let second = scanner.number(digits: 2),
            let millisecond = scanner.millisecond(),
            let offsetMinutes = scanner.offsetMinutes(),
            scanner.rest.isEmpty,
            let date = UTCDate(year: year, month: month, day: day),
            hour < 24, minute < 60, second < 60
        else { return nil }
        let minutes = (date.daysSince1970 * 24 + hour) * 60 + minute - offsetMinutes
        self.init(milliseconds: Int64((minutes * 60 + second) * 1_000 + millisecond))
        guard Self.earliest <= self, self <= Self.latest else { return nil }
    }
}

/// Takes the parts of a time off the front of `rest`.
private struct Scanner {
    var rest: Substring.UTF8View

    mutating func skip(_ character: Unicode.Scalar) -> Bool {
        guard rest.first == UInt8(ascii: character) else { return false }
        rest.removeFirst()
        return true
    }

    /// Exactly `count` digits, no sign.
    mutating func number(digits count: Int) -> Int? {
        var value = 0
        for _ in 0..<count {
            guard let digit = digit() else { return nil }
            value = value * 10 + digit
        }
        return value
    }

    /// The fraction after the second in milliseconds: 0 without one, nil for a point without digits.
    mutating func millisecond() -> Int? {
        guard skip(".") else { return 0 }
        guard var value = digit() else { return nil }
        var digits = 1
        while let next = digit() {
            if digits < 3 { value = value * 10 + next }
            digits += 1
        }
        while digits < 3 {
            value *= 10
            digits += 1
        }
        return value
    }

    /// How many minutes local time is ahead of UTC.
    mutating func offsetMinutes() -> Int? {
        if skip("Z") { return 0 }
        let ahead = skip("+")
        guard ahead || skip("-") else { return nil }
        guard let hours = number(digits: 2), skip(":"), let minutes = number(digits: 2) else { return nil }
        guard hours < 24, minutes < 60 else { return nil }
        return ahead ? hours * 60 + minutes : -(hours * 60 + minutes)
    }

    private mutating func digit() -> Int? {
        guard let byte = rest.first, UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte else { return nil }
        rest.removeFirst()
        return Int(byte - UInt8(ascii: "0"))
    }
}
