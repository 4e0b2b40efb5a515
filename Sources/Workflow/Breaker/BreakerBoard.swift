// SPDX-License-Identifier: Apache-2.0
import Synchronization
import Time

/// The breakers of all services, shared by all jobs.
public final class BreakerBoard: Sendable {
    private struct State {
        var policy: BreakerState.Policy
        var breakers: [String: BreakerState] = [:]
    }

    private let state: Mutex<State>
    private let time: TimeSource

    public init(policy: BreakerState.Policy, time: TimeSource) {
        state = Mutex(State(policy: policy))
        self.time = time
    }

    /// - Returns: nil where a call to `service` may go now; else when to ask again.
    func admit(_ service: String) -> BootTime? {
        let now = time.boot()
        return state.withLock { $0.breakers[service, default: BreakerState()].admit(at: now, $0.policy) }
    }

    func succeeded(_ service: String) {
        state.withLock { $0.breakers[service, default: BreakerState()].succeeded() }
    }

    func failed(_ service: String) {
        let now = time.boot()
        state.withLock { $0.breakers[service, default: BreakerState()].failed(at: now, $0.policy) }
    }

    /// The breaker of a service, for those who report on it.
    public func phase(of service: String) -> BreakerState.Phase {
        state.withLock { $0.breakers[service]?.phase } ?? .closed(failures: [])
    }
}
