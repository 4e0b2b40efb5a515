// SPDX-License-Identifier: Apache-2.0
import CMicroHTTPD
import Dispatch
import Glibc
import Synchronization

/// libmicrohttpd's daemon: one thread in epoll.
final class Daemon: Sendable {
    // @unchecked because the library locks by itself in the two functions that get the pointer; `state` keeps it from
    // being used after `MHD_stop_daemon`, and that from being called twice.
    private struct Pointer: @unchecked Sendable {
        let daemon: OpaquePointer
        let callbacks: UnsafeMutablePointer<httpd_callbacks>
    }

    private enum State {
        case accepting(Pointer)
        case quiet(Pointer)
        case stopped
    }

    private let state: Mutex<State>
    private let reception: Reception

    /// nil when the library refuses; it has reported why.
    init?(_ reception: Reception, listening socket: Int32) {
        self.reception = reception
        let callbacks = UnsafeMutablePointer<httpd_callbacks>.allocate(capacity: 1)
        callbacks.initialize(to: reception.callbacks)
        var settings = httpd_settings(
            listening_socket: socket,
            connections: UInt32(clamping: reception.limits.connections),
            connection_memory: reception.limits.perConnectionMemory,
            idle_timeout_seconds: UInt32(clamping: reception.limits.idleTimeoutSeconds))
        guard let daemon = httpd_start(&settings, callbacks) else {
            callbacks.deallocate()
            return nil
        }
        state = Mutex(.accepting(Pointer(daemon: daemon, callbacks: callbacks)))
    }

    /// Accepts no further connection. The listening socket stays open and is not the daemon's any more.
    func quiesce() {
        state.withLock { state in
            guard case .accepting(let pointer) = state else { return }
            quiesce(pointer)
            state = .quiet(pointer)
        }
    }

    /// On the daemon's own thread: when another calls `MHD_quiesce_daemon` of 0.9.75 while that one is at the beginning of
    /// `MHD_epoll`, both take the socket out of epoll, and the second one to do so aborts the process.
    private func quiesce(_ pointer: Pointer) {
        var ends: [Int32] = [-1, -1]
        guard socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0, &ends) == 0 else {
            MHD_quiesce_daemon(pointer.daemon)
            return
        }
        defer { close(ends[1]) }
        let done = DispatchSemaphore(value: 0)
        reception.errands.add(for: ends[0]) {
            MHD_quiesce_daemon(pointer.daemon)
            done.signal()
        }
        var unnamed = sockaddr(sa_family: sa_family_t(AF_UNIX), sa_data: (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0))
        let isAdded = MHD_add_connection(
            pointer.daemon, ends[0], &unnamed, socklen_t(MemoryLayout<sa_family_t>.size))
        // At its limit the library takes no connection, and it then has the socket out of epoll already.
        if isAdded != httpd_yes || done.wait(timeout: .now() + Self.patience) == .timedOut {
            reception.errands.run(for: ends[0])
        }
    }

    private static let patience = DispatchTimeInterval.seconds(1)

    /// Ends every connection and waits for the daemon's thread. Nothing may be suspended.
    func stop() {
        quiesce()
        let pointer: Pointer? = state.withLock { state in
            guard case .quiet(let pointer) = state else { return nil }
            state = .stopped
            return pointer
        }
        guard let pointer else { return }
        MHD_stop_daemon(pointer.daemon)
        pointer.callbacks.deallocate()
    }
}
