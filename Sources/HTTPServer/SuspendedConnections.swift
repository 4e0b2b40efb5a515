// SPDX-License-Identifier: Apache-2.0
import Synchronization

/// Every suspended connection, so that all of them are resumed before the daemon stops: libmicrohttpd aborts the process
/// when it is stopped with one suspended (`MHD_stop_daemon`, microhttpd.h).
///
/// Suspending and resuming happen under one lock, hence once each, and never after `resumeAll`.
final class SuspendedConnections: Sendable {
    struct Ticket: Hashable, Sendable {
        fileprivate let number: UInt64
    }

    private struct Entry {
        let connection: ConnectionHandle
        let beforeStop: @Sendable () -> Void
    }

    private struct State {
        var isClosed = false
        var next: UInt64 = 0
        var entries: [Ticket: Entry] = [:]
    }

    private let state = Mutex(State())

    /// Whether the server stops: nothing may wait any more.
    var isClosed: Bool { state.withLock { $0.isClosed } }

    /// Suspends `connection`; nil, and nothing done, once the server stops. `beforeStop` puts the answer in place when the
    /// server does not wait for it any longer.
    func suspend(_ connection: ConnectionHandle, beforeStop: @escaping @Sendable () -> Void) -> Ticket? {
        state.withLock { state in
            guard !state.isClosed else { return nil }
            connection.suspend()
            let ticket = Ticket(number: state.next)
            state.next += 1
            state.entries[ticket] = Entry(connection: connection, beforeStop: beforeStop)
            return ticket
        }
    }

    /// Resumes it unless that has been done.
    func resume(_ ticket: Ticket) {
        state.withLock { $0.entries.removeValue(forKey: ticket)?.connection.resume() }
    }

    /// After this nothing is suspended, and nothing will be.
    func resumeAll() {
        let waiting = state.withLock { state in
            state.isClosed = true
            return state.entries.values.map(\.beforeStop)
        }
        for beforeStop in waiting { beforeStop() }
        state.withLock { state in
            for entry in state.entries.values { entry.connection.resume() }
            state.entries.removeAll()
        }
    }
}
