// SPDX-License-Identifier: Apache-2.0
import CLinux
import Dispatch

/// Calls `wake` once at a boot time and once at a wall time, each set and changed at will. Between them it costs
/// nothing: the kernel's timers wait, no thread does.
///
/// `wake` means "look again": it is called on the queue when a time set here has come, and also when the wall clock was
/// set (by hand, by a time server's step, by a resume from suspend), because then every wait for a wall time has to be
/// thought over. It may come without a reason to be seen, never too early without the clock having been set.
public final class Alarm: Sendable {
    private let bootTimer: TimerDescriptor
    private let wallTimer: TimerDescriptor

    /// An alarm without a time, which already reports that the clock was set.
    /// - Throws: `TimeError` `.timerUnavailable` when no file descriptor is left.
    public init(onQueue queue: DispatchQueue, wake: @escaping @Sendable () -> Void) throws(TimeError) {
        bootTimer = try TimerDescriptor(clock: CLOCK_BOOTTIME, queue: queue, wake: wake)
        wallTimer = try TimerDescriptor(clock: CLOCK_REALTIME, queue: queue, wake: wake)
        set(wall: nil)
    }

    deinit { close() }

    /// Takes the place of the boot time set before; nil for none. A time that is past wakes at once.
    public func set(boot time: BootTime?) {
        bootTimer.set(milliseconds: time?.milliseconds)
    }

    /// Takes the place of the wall time set before; nil for none. A time that is past wakes at once.
    public func set(wall time: WallTime?) {
        // Without a time it waits for the end of time: only an armed timer is told that the clock was set.
        wallTimer.set(milliseconds: time?.milliseconds ?? .max)
    }

    /// Ends it for good: a `wake` that has begun goes on, another comes only if the queue had already taken it up.
    /// Setting a closed alarm does nothing.
    public func close() {
        bootTimer.close()
        wallTimer.close()
    }
}
