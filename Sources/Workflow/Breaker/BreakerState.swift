// SPDX-License-Identifier: Apache-2.0
import Time

/// A circuit breaker's state machine (pure): closed until a service failed so often within the window, open for a while,
/// then half open: one probe decides.
public struct BreakerState: Sendable, Equatable {
    public struct Policy: Sendable, Equatable {
        public var failures: Int
        public var window: Duration
        public var open: Duration

        public init(failures: Int = 5, window: Duration = .seconds(30), open: Duration = .seconds(15)) {
            self.failures = failures
            self.window = window
            self.open = open
        }
    }

    public enum Phase: Sendable, Equatable {
        /// With the times of the failures in the window.
        case closed(failures: [BootTime])
        case open(until: BootTime)
        /// A probe is out; if nothing is heard of it until then, another may go.
        case halfOpen(until: BootTime)
    }

    /// How soon those that are not the probe ask again.
    private static let probePatience = Duration.seconds(1)

    public private(set) var phase = Phase.closed(failures: [])

    public init() {}

    /// Whether a call may go now.
    /// - Returns: nil where it may; else when to ask again.
    public mutating func admit(at now: BootTime, _ policy: Policy) -> BootTime? {
        switch phase {
        case .closed: return nil
        case .open(let until) where now < until: return until
        case .halfOpen(let until) where now < until: return min(until, now + Self.probePatience)
        case .open, .halfOpen:
            phase = .halfOpen(until: now + policy.open)
            return nil
        }
    }

    /// A call that began before the breaker opened doesn't close it.
    public mutating func succeeded() {
        if case .open = phase { return }
        phase = .closed(failures: [])
    }

    public mutating func failed(at now: BootTime, _ policy: Policy) {
        switch phase {
        case .closed(let failures):
            let recent = failures.filter { now - $0 < policy.window } + [now]
            phase = recent.count >= policy.failures ? .open(until: now + policy.open) : .closed(failures: recent)
        case .halfOpen: phase = .open(until: now + policy.open)
        case .open: return
        }
    }
}
