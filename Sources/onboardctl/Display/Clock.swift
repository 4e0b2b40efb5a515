// SPDX-License-Identifier: Apache-2.0
import Glibc

/// Times and durations as they are shown.
enum Clock {
    /// `12:00:01.123` of `2026-01-31T12:00:01.123Z`.
    static func time(of timestamp: String) -> String {
        guard let t = timestamp.firstIndex(of: "T") else { return timestamp.printable }
        return String(timestamp[timestamp.index(after: t)...].prefix { $0 != "Z" && $0 != "+" }).printable
    }

    /// The present time of day, UTC, in the same form.
    static func now() -> String {
        var now = timespec()
        clock_gettime(CLOCK_REALTIME, &now)
        let (second, millisecond) = (now.tv_sec % 86_400, now.tv_nsec / 1_000_000)
        let parts = [second / 3600, second / 60 % 60, second % 60].map { String($0).zeros(2) }
        return parts.joined(separator: ":") + "." + String(millisecond).zeros(3)
    }

    /// Whole ones: 4.2 is `4`.
    static func milliseconds(_ milliseconds: Double) -> String {
        Int(exactly: milliseconds.rounded(.down)).map { "\($0)" } ?? "?"
    }

    /// `4 ms`, `1.2 s`, `3 min 5 s`.
    static func duration(milliseconds: Double) -> String {
        switch milliseconds {
        case ..<1: "under 1 ms"
        case ..<1000: "\(Self.milliseconds(milliseconds)) ms"
        case ..<60_000: "\((milliseconds / 100).rounded() / 10) s"
        case ..<1e15: "\(Int(milliseconds) / 60_000) min \(Int(milliseconds) / 1000 % 60) s"
        default: "a long time"
        }
    }
}

extension String {
    fileprivate func zeros(_ width: Int) -> String {
        String(repeating: "0", count: max(0, width - count)) + self
    }
}
