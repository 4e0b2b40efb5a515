// SPDX-License-Identifier: Apache-2.0
import Dispatch
import Synchronization

/// An HTTP/1.1 server on one listening socket: one thread in epoll, whatever the number of connections.
///
/// A server that is let go without `stop` answers what waits with `HTTPService.stopping` and ends; its last reference must
/// not go on its own thread, hence not be held by its service.
public final class HTTPServer: Sendable {
    private enum State {
        case idle
        case running(Daemon)
        case stopped
    }

    public let listening: ListeningSocket
    private let reception: Reception
    private let state = Mutex(State.idle)

    /// - Parameters:
    ///   - listening: stays open after the server's end and is closed by its owner.
    ///   - report: gets libmicrohttpd's own messages, on its thread. A client can cause them at will: bound what is
    ///     kept.
    public init(
        listening: ListeningSocket,
        limits: HTTPLimits = HTTPLimits(),
        service: any HTTPService,
        report: @escaping @Sendable (String) -> Void = { _ in }
    ) {
        self.listening = listening
        reception = Reception(service: service, limits: limits, report: report)
    }

    /// Accepts connections from now on.
    /// - Throws: `HTTPServerError` `.cannotStart`, `.alreadyStarted`.
    public func start() throws(HTTPServerError) {
        let failure: HTTPServerError? = state.withLock { state in
            guard case .idle = state else {
                return HTTPServerError(code: .alreadyStarted, message: "the server on \(listening.url) was started before")
            }
            guard let daemon = Daemon(reception, listening: listening.descriptor) else {
                return HTTPServerError(code: .cannotStart, message: "libmicrohttpd can't serve \(listening.url)")
            }
            state = .running(daemon)
            return nil
        }
        if let failure { throw failure }
    }

    /// Requests between the end of their head and the end of their answer.
    public var requestsInFlight: Int { reception.inFlight.count }

    /// Takes no further connection; those there are go on. With socket activation the next process accepts what comes.
    public func stopAccepting() {
        state.withLock { state in
            if case .running(let daemon) = state { daemon.quiesce() }
        }
    }

    /// Stops: accepts no more; gives answers in the making `settling` to be ready, then answers what still waits with
    /// `HTTPService.stopping`; gives `delivering` for sending all that; closes every connection. A service that holds
    /// requests on purpose lets go of them first. Harmless when repeated.
    public func stop(settling: Duration = .seconds(1), delivering: Duration = .seconds(5)) async {
        stopAccepting()
        reception.beginStopping()
        _ = await reception.inFlight.drained(within: settling)
        reception.suspended.resumeAll()
        _ = await reception.inFlight.drained(within: delivering)
        guard let daemon = takeDaemon() else { return }
        await withCheckedContinuation { done in
            // Joins the daemon's thread: not on a thread of the task pool.
            DispatchQueue.global().async {
                daemon.stop()
                done.resume()
            }
        }
    }

    deinit {
        guard let daemon = takeDaemon() else { return }
        reception.suspended.resumeAll()
        daemon.stop()
    }

    private func takeDaemon() -> Daemon? {
        state.withLock { state in
            defer { state = .stopped }
            if case .running(let daemon) = state { return daemon }
            return nil
        }
    }
}
