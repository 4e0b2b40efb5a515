// SPDX-License-Identifier: Apache-2.0
import Glibc

/// Where time comes from. Made once in `main`; tests hand in their own.
///
/// Two clocks for two questions: `wall` says when something happened to people, `boot` says how long ago it was. Never
/// subtract wall times to learn a duration: that clock can be set.
public struct TimeSource: Sendable {
    /// CLOCK_REALTIME: records that people read, a client's `run_at`.
    public var wall: @Sendable () -> WallTime
    /// CLOCK_BOOTTIME, which goes on while the machine is suspended: leases, retry times, time-outs, durations.
    public var boot: @Sendable () -> BootTime
    /// Sleeps by boot time, not at all for a duration of zero or less.
    /// - Throws: `CancellationError` as soon as the task is cancelled.
    public var sleep: @Sendable (Duration) async throws -> Void

    public init(
        wall: @escaping @Sendable () -> WallTime,
        boot: @escaping @Sendable () -> BootTime,
        sleep: @escaping @Sendable (Duration) async throws -> Void
    ) {
        self.wall = wall
        self.boot = boot
        self.sleep = sleep
    }

    /// The kernel's clocks.
    public static let system = TimeSource(
        wall: { WallTime(milliseconds: kernelMilliseconds(CLOCK_REALTIME)) },
        boot: { BootTime(milliseconds: kernelMilliseconds(CLOCK_BOOTTIME)) },
        // Swift's continuous clock is CLOCK_BOOTTIME on Linux; a test looks at the timer that this arms.
        sleep: { try await Task.sleep(for: $0, tolerance: .zero, clock: .continuous) }
    )
}

/// The clock's reading, rounded down to a millisecond.
private func kernelMilliseconds(_ clock: clockid_t) -> Int64 {
    var now = timespec()
    let status = clock_gettime(clock, &now)
    precondition(status == 0, "clock_gettime(\(clock)) fails only for a clock that the kernel lacks")
    return Int64(now.tv_sec) * 1_000 + Int64(now.tv_nsec) / 1_000_000
}
