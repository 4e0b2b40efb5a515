// SPDX-License-Identifier: Apache-2.0
import Foundation
import Synchronization

/// An HTTP/1.1 server for tests that answers each request as a closure says. A thread a connection: tests are small.
public final class ScriptedServer: Sendable {
    public enum Event: Sendable {
        case request(ReceivedRequest)
        /// The client closed the connection, or it broke.
        case disconnected(connection: Int)
    }

    public typealias Script = @Sendable (ReceivedRequest) -> ScriptedReply

    /// Everything in the order in which it happened, for one reader.
    public let events: AsyncStream<Event>
    /// 0 on a unix socket.
    public let port: UInt16

    public var url: String { "http://127.0.0.1:\(port)" }
    public var requests: [ReceivedRequest] { state.withLock { $0.requests } }

    private struct State {
        var requests: [ReceivedRequest] = []
        var connections: [Int: Int32] = [:]
        var accepted = 0
        var isStopped = false
    }

    private let listener: Int32
    private let script: Script
    private let state = Mutex(State())
    private let eventSource: AsyncStream<Event>.Continuation

    /// Listens on a free loopback port, on a given one (after a "restart"), or on a unix socket.
    public init(port: UInt16 = 0, unixSocket: String? = nil, _ script: @escaping Script) throws {
        self.script = script
        (listener, self.port) = try unixSocket.map { (try Listening.unix($0), 0) } ?? Listening.loopback(port)
        (events, eventSource) = AsyncStream.makeStream()
        let acceptor = Thread { [self] in acceptAll() }
        acceptor.start()
    }

    /// Waits until `count` requests have arrived since the last call. Takes the events; one caller only.
    public func arrivals(_ count: Int) async {
        var left = count
        for await event in events {
            if case .request = event { left -= 1 }
            if left == 0 { return }
        }
    }

    public func disconnection() async {
        for await event in events {
            if case .disconnected = event { return }
        }
    }

    /// Closes the listening socket and all connections: to a client, the server is gone.
    public func stop() {
        let connections = state.withLock { state in
            let isFirst = !state.isStopped
            state.isStopped = true
            return isFirst ? Array(state.connections.values) : []
        }
        // A shutdown, not a close: it wakes the threads that wait there, and they close.
        shutdown(listener, Int32(SHUT_RDWR))
        connections.forEach { shutdown($0, Int32(SHUT_RDWR)) }
    }

    private func acceptAll() {
        while case let socket = accept(listener, nil, nil), socket >= 0 {
            let number: Int? = state.withLock { state in
                guard !state.isStopped else { return nil }
                state.accepted += 1
                state.connections[state.accepted] = socket
                return state.accepted
            }
            guard let number else {
                close(socket)
                break
            }
            Thread { [self] in serve(socket, number) }.start()
        }
        close(listener)
    }

    private func serve(_ socket: Int32, _ number: Int) {
        var connection = ScriptedConnection(socket: socket, number: number)
        while let request = connection.nextRequest() {
            state.withLock { $0.requests.append(request) }
            eventSource.yield(.request(request))
            guard connection.send(script(request)) else { break }
        }
        state.withLock { $0.connections[number] = nil }
        close(socket)
        eventSource.yield(.disconnected(connection: number))
    }
}
