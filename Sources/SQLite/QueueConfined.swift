// SPDX-License-Identifier: Apache-2.0
import Dispatch

/// A connection, or what holds one, together with the serial queue that it lives on.
// @unchecked because `state` is used on `queue` only: `async` is the one way to it, and asserts that at each use.
final class QueueConfined<State>: @unchecked Sendable {
    private let queue: DispatchQueue
    private let state: State

    init(_ state: sending State, label: String) {
        self.state = state
        queue = DispatchQueue(label: label)
    }

    func async(_ body: @escaping @Sendable (State) -> Void) {
        queue.async {
            dispatchPrecondition(condition: .onQueue(self.queue))
            body(self.state)
        }
    }
}
