// SPDX-License-Identifier: Apache-2.0
import Synchronization
import Time

/// Two clocks under the test's hand: time passes only when the test says so.
public final class TestClock: Sendable {
    private struct State {
        var wall = WallTime(milliseconds: 1_790_000_000_000)
        var boot = BootTime(milliseconds: 1_000_000)
    }

    private let state = Mutex(State())

    public init() {}

    /// Both clocks go on.
    public func pass(_ duration: Duration) {
        state.withLock { state in
            state.wall = state.wall + duration
            state.boot = state.boot + duration
        }
    }

    /// Somebody sets the wall clock.
    public func setWall(by duration: Duration) {
        state.withLock { $0.wall = $0.wall + duration }
    }

    /// The machine boots again: its boot clock begins anew.
    public func reboot(after outage: Duration) {
        state.withLock { state in
            state.wall = state.wall + outage
            state.boot = BootTime(milliseconds: 5_000)
        }
    }

    public var wall: WallTime { state.withLock { $0.wall } }
    public var boot: BootTime { state.withLock { $0.boot } }

    public var source: TimeSource {
        TimeSource(wall: { self.wall }, boot: { self.boot }, sleep: TimeSource.system.sleep)
    }
}
