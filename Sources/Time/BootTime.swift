// SPDX-License-Identifier: Apache-2.0

/// An instant of CLOCK_BOOTTIME: never set, never backwards, and counted through a suspend. It means nothing after the
/// next boot: keep it beside `currentBootID()`.
///
/// Arithmetic stops at the ends of `Int64` instead of overflowing.
public struct BootTime: Sendable, Hashable, Comparable {
    /// Since the machine was started.
    public var milliseconds: Int64

    public init(milliseconds: Int64) {
        self.milliseconds = milliseconds
    }

    public static func < (left: BootTime, right: BootTime) -> Bool {
        left.milliseconds < right.milliseconds
    }

    public static func + (time: BootTime, duration: Duration) -> BootTime {
        BootTime(milliseconds: time.milliseconds.addingClamped(duration.wholeMilliseconds))
    }

    public static func - (time: BootTime, duration: Duration) -> BootTime {
        BootTime(milliseconds: time.milliseconds.subtractingClamped(duration.wholeMilliseconds))
    }

    /// How much time passed from `earlier` to `later`, exact to a millisecond.
    public static func - (later: BootTime, earlier: BootTime) -> Duration {
        .milliseconds(later.milliseconds.subtractingClamped(earlier.milliseconds))
    }
}
