// SPDX-License-Identifier: Apache-2.0
import Dispatch
import Synchronization

/// Counts the requests between the last byte of their head and the last byte of their answer.
final class InFlight: Sendable {
    private struct State {
        var count = 0
        var waiters: [UInt64: CheckedContinuation<Bool, Never>] = [:]
        var next: UInt64 = 0
    }

    private let state = Mutex(State())
    private let timer = DispatchQueue(label: "onboardd.http.drain")

    var count: Int { state.withLock { $0.count } }

    func enter() {
        state.withLock { $0.count += 1 }
    }

    func leave() {
        let drained: [CheckedContinuation<Bool, Never>] = state.withLock { state in
            state.count -= 1
            guard state.count == 0 else { return [] }
            defer { state.waiters.removeAll() }
            return Array(state.waiters.values)
        }
        for waiter in drained { waiter.resume(returning: true) }
    }

    /// Waits until there are none; false when `bound` passed first.
    func drained(within bound: Duration) async -> Bool {
        await withCheckedContinuation { continuation in
            let number: UInt64? = state.withLock { state in
                guard state.count > 0 else { return nil }
                defer { state.next += 1 }
                state.waiters[state.next] = continuation
                return state.next
            }
            guard let number else { return continuation.resume(returning: true) }
            timer.asyncAfter(deadline: .now() + bound.seconds) {
                self.state.withLock { $0.waiters.removeValue(forKey: number) }?.resume(returning: false)
            }
        }
    }
}

extension Duration {
    fileprivate var seconds: Double {
        Double(components.seconds) + Double(components.attoseconds) / 1e18
    }
}
