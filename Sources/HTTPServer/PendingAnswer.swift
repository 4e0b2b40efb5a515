// SPDX-License-Identifier: Apache-2.0
import Synchronization

/// The place where the answer of a suspended request is laid down, by whoever comes first: its task or the stop.
final class PendingAnswer: Sendable {
    private enum State {
        case awaited
        case given(HTTPResponse)
        case taken
    }

    private let state = Mutex(State.awaited)

    /// False when there is one already; this one is dropped.
    func give(_ response: HTTPResponse) -> Bool {
        state.withLock { state in
            guard case .awaited = state else { return false }
            state = .given(response)
            return true
        }
    }

    func take() -> HTTPResponse? {
        state.withLock { state in
            guard case .given(let response) = state else { return nil }
            state = .taken
            return response
        }
    }

    /// Nobody is there to take it any more.
    func abandon() -> HTTPResponse? {
        state.withLock { state in
            defer { state = .taken }
            if case .given(let response) = state { return response }
            return nil
        }
    }
}
