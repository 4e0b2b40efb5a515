// SPDX-License-Identifier: Apache-2.0

/// An instant of the wall clock (CLOCK_REALTIME): what people read and clients send. It jumps when the clock is set.
///
/// Arithmetic stops at the ends of `Int64` instead of overflowing. Encoded as the text of `rfc3339`.
public struct WallTime: Sendable, Hashable, Comparable {
    /// Since 1970-01-01T00:00:00Z, leap seconds not counted (POSIX time).
    public var milliseconds: Int64

    public init(milliseconds: Int64) {
        self.milliseconds = milliseconds
    }

    /// 0000-01-01T00:00:00.000Z, the first instant that RFC 3339 can write.
    public static let earliest = WallTime(milliseconds: -62_167_219_200_000)
    /// 9999-12-31T23:59:59.999Z, the last instant that RFC 3339 can write.
    public static let latest = WallTime(milliseconds: 253_402_300_799_999)

    public static func < (left: WallTime, right: WallTime) -> Bool {
        left.milliseconds < right.milliseconds
    }

    public static func + (time: WallTime, duration: Duration) -> WallTime {
        WallTime(milliseconds: time.milliseconds.addingClamped(duration.wholeMilliseconds))
    }

    public static func - (time: WallTime, duration: Duration) -> WallTime {
        WallTime(milliseconds: time.milliseconds.subtractingClamped(duration.wholeMilliseconds))
    }

    /// What the two readings differ by. It is the time that passed only if the clock was not set in between.
    public static func - (later: WallTime, earlier: WallTime) -> Duration {
        .milliseconds(later.milliseconds.subtractingClamped(earlier.milliseconds))
    }
}

extension WallTime: CustomStringConvertible {
    public var description: String { rfc3339 }
}

extension WallTime: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let time = WallTime(rfc3339: text) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "not a time in RFC 3339, like 2026-11-23T23:40:48.123Z")
        }
        self = time
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rfc3339)
    }
}
