// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@testable import Time

@Suite struct RFC3339Tests {
    static let knownInstants: [(Int64, String)] = [
        (0, "1970-01-01T00:00:00.000Z"),
        (-1, "1969-12-31T23:59:59.999Z"),
        (951_782_400_000, "2000-02-29T00:00:00.000Z"),
        (1_234_567_890_001, "2009-02-13T23:31:30.001Z"),
        (4_107_542_400_000, "2100-03-01T00:00:00.000Z"),
        (1_795_477_248_123, "2026-11-23T23:40:48.123Z"),
        (-62_167_219_200_000, "0000-01-01T00:00:00.000Z"),
        (253_402_300_799_999, "9999-12-31T23:59:59.999Z"),
    ]

    @Test("writes and reads known instants", arguments: knownInstants)
    func inverse(milliseconds: Int64, text: String) {
        #expect(WallTime(milliseconds: milliseconds).rfc3339 == text)
        #expect(WallTime(rfc3339: text)?.milliseconds == milliseconds)
    }

    @Test("agrees with libc and reads back what it wrote, four times a year from 0 to 9999")
    func everyYear() {
        var failures = 0
        // 89 days, 18 hours and some: day of month and time of day wander.
        for milliseconds in stride(from: WallTime.earliest.milliseconds, through: WallTime.latest.milliseconds, by: 7_754_583_711) {
            let time = WallTime(milliseconds: milliseconds)
            if time.rfc3339 != libc(milliseconds) || WallTime(rfc3339: time.rfc3339) != time { failures += 1 }
        }
        #expect(failures == 0)
    }

    @Test("agrees with libc around every end of February from 1970 to 9999")
    func leapDays() {
        var failures = 0
        for year in 1970...9999 {
            guard let first = UTCDate(year: year, month: 2, day: 28) else { failures += 1; continue }
            for day in 0..<3 {
                let milliseconds = Int64(first.daysSince1970 + day) * 86_400_000
                if WallTime(milliseconds: milliseconds).rfc3339 != libc(milliseconds) { failures += 1 }
            }
        }
        #expect(failures == 0)
    }

    @Test("writes a time outside four-digit years as the nearest one inside", arguments: [
        (Int64.min, "0000-01-01T00:00:00.000Z"), (.max, "9999-12-31T23:59:59.999Z"),
    ])
    func clamps(milliseconds: Int64, text: String) {
        #expect(WallTime(milliseconds: milliseconds).rfc3339 == text)
    }

    @Test("reads offsets and fractions", arguments: [
        ("2026-11-23T23:40:48Z", "2026-11-23T23:40:48.000Z"),
        ("2026-11-23T23:40:48.5Z", "2026-11-23T23:40:48.500Z"),
        ("2026-11-23T23:40:48.12Z", "2026-11-23T23:40:48.120Z"),
        ("2026-11-23T23:40:48.1239999999999999999999Z", "2026-11-23T23:40:48.123Z"),
        ("2026-11-23T23:40:48+01:00", "2026-11-23T22:40:48.000Z"),
        ("2026-11-23T23:40:48-05:30", "2026-11-24T05:10:48.000Z"),
        ("2026-12-31T23:59:59.999-23:59", "2027-01-01T23:58:59.999Z"),
        ("2026-11-23T23:40:48-00:00", "2026-11-23T23:40:48.000Z"),
        ("1937-01-01T12:00:27.87+00:20", "1937-01-01T11:40:27.870Z"),  // RFC 3339, section 5.8
        ("2024-02-29T00:00:00Z", "2024-02-29T00:00:00.000Z"),
    ])
    func reads(text: String, utc: String) {
        #expect(WallTime(rfc3339: text)?.rfc3339 == utc)
    }

    @Test("refuses what is not strict RFC 3339", arguments: [
        "", "2026-11-23", "2026-11-23T23:40:48", "2026-11-23T23:40Z", "2026-11-23T23:40:48.Z", "2026-11-23T23:40:48,1Z",
        "2026-11-23t23:40:48Z", "2026-11-23T23:40:48z", "2026-11-23 23:40:48Z", " 2026-11-23T23:40:48Z",
        "2026-11-23T23:40:48Z ", "2026-11-23T23:40:48ZZ", "2026-11-23T23:40:48 Z",
        "2026-00-23T23:40:48Z", "2026-13-23T23:40:48Z", "2026-11-00T23:40:48Z", "2026-11-31T23:40:48Z",
        "2026-02-29T00:00:00Z", "1900-02-29T00:00:00Z", "2026-11-23T24:00:00Z", "2026-11-23T23:60:00Z",
        "2026-11-23T23:59:61Z", "2016-12-31T23:59:60Z",
        "2026-11-23T23:40:48+0100", "2026-11-23T23:40:48+01", "2026-11-23T23:40:48+24:00", "2026-11-23T23:40:48+01:60",
        "20261123T234048Z", "+2026-11-23T23:40:48Z", "12026-11-23T23:40:48Z", "2026-1-23T23:40:48Z", "-026-11-23T23:40:48Z",
        "２026-11-23T23:40:48Z", "2026-11-23T23:40:48.123Z\0", "0000-01-01T00:00:00+00:01", "9999-12-31T23:59:59-00:01",
    ])
    func refuses(text: String) {
        #expect(WallTime(rfc3339: text) == nil)
    }

    @Test("is the same text in JSON")
    func codable() throws {
        let json = Data(#"["2026-11-23T23:40:48.123Z"]"#.utf8)
        let times = try JSONDecoder().decode([WallTime].self, from: json)
        #expect(times == [WallTime(milliseconds: 1_795_477_248_123)])
        #expect(try JSONEncoder().encode(times) == json)
        #expect(throws: DecodingError.self) { try JSONDecoder().decode([WallTime].self, from: Data(#"["now"]"#.utf8)) }
    }

    @Test("knows the day in UTC", arguments: [
        (Int64(0), "1970-01-01", "19700101"), (-1, "1969-12-31", "19691231"),
        (1_795_477_248_123, "2026-11-23", "20261123"), (951_868_799_999, "2000-02-29", "20000229"),
    ])
    func day(milliseconds: Int64, text: String, compact: String) {
        let date = UTCDate(WallTime(milliseconds: milliseconds))
        #expect(date.description == text)
        #expect(date.yyyymmdd == compact)
    }

    /// The same text by gmtime_r(3).
    private func libc(_ milliseconds: Int64) -> String {
        let (seconds, rest) = milliseconds.floorDivided(by: 1_000)
        var time = time_t(seconds), parts = tm()
        gmtime_r(&time, &parts)
        func padded(_ value: some BinaryInteger, _ count: Int) -> String {
            let digits = String(value)
            return String(repeating: "0", count: count - digits.count) + digits
        }
        return padded(parts.tm_year + 1900, 4) + "-" + padded(parts.tm_mon + 1, 2) + "-" + padded(parts.tm_mday, 2) + "T"
            + padded(parts.tm_hour, 2) + ":" + padded(parts.tm_min, 2) + ":" + padded(parts.tm_sec, 2) + "."
            + padded(rest, 3) + "Z"
    }
}
