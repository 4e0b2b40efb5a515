// SPDX-License-Identifier: Apache-2.0
import Time

extension WarehouseValue {
    /// `2026-11-23T23:40:48.123456Z`, always 27 characters: it sorts like the time.
    public static func timestampText(_ microseconds: Int64) -> String {
        let below = Int(((microseconds % 1_000) + 1_000) % 1_000)
        let time = WallTime(milliseconds: (microseconds - Int64(below)) / 1_000)
        let digits = String(below)
        return time.rfc3339.dropLast() + String(repeating: "0", count: 3 - digits.count) + digits + "Z"
    }

    /// Reads a time of RFC 3339; digits after the sixth of the second's fraction are cut off. nil for anything else.
    public init?(timestampText text: String) {
        guard let time = WallTime(rfc3339: text) else { return nil }
        var below: Int64 = 0
        if let point = text.utf8.firstIndex(of: UInt8(ascii: ".")) {
            let fraction = text.utf8[text.utf8.index(after: point)...].prefix { (0x30...0x39).contains($0) }
            let finer = fraction.dropFirst(3).prefix(3)
            below = finer.reduce(0) { $0 * 10 + Int64($1 - 0x30) }
            for _ in finer.count..<3 { below *= 10 }
        }
        self = .timestamp(time.milliseconds * 1_000 + below)
    }
}

extension UTCDate {
    /// Reads `2026-11-23`. nil for anything else.
    public init?(text: String) {
        guard text.utf8.count == 10, let midnight = WallTime(rfc3339: text + "T00:00:00Z") else { return nil }
        self.init(midnight)
    }
}
