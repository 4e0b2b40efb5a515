// SPDX-License-Identifier: Apache-2.0
import Synchronization

/// The bytes between a task that writes and the daemon's thread that sends. The connection is suspended while there are
/// none.
final class BodyStream: Sendable {
    enum Piece: Equatable {
        case bytes(Int)
        /// Suspended: call again after the resume.
        case none
        case end
    }

    private struct State {
        var pending: [UInt8] = []
        var sent = 0
        /// No more is written.
        var isFinished = false
        /// No more is sent.
        var isClosed = false
        var suspension: SuspendedConnections.Ticket?
        var writers: [CheckedContinuation<Bool, Never>] = []

        var backlog: Int { pending.count - sent }

        mutating func takeWriters() -> [CheckedContinuation<Bool, Never>] {
            defer { writers.removeAll() }
            return writers
        }

        mutating func takeSuspension() -> SuspendedConnections.Ticket? {
            defer { suspension = nil }
            return suspension
        }
    }

    private let state = Mutex(State())
    private let suspended: SuspendedConnections
    private let backlogLimit: Int

    init(_ suspended: SuspendedConnections, beginning: [UInt8], backlogLimit: Int) {
        self.suspended = suspended
        self.backlogLimit = backlogLimit
        state.withLock { $0.pending = beginning }
    }

    func write(_ bytes: [UInt8]) async -> Bool {
        if suspended.isClosed { return false }
        let ticket: SuspendedConnections.Ticket? = state.withLock { state in
            guard !state.isFinished && !state.isClosed else { return nil }
            state.pending += bytes
            return state.takeSuspension()
        }
        if let ticket { suspended.resume(ticket) }
        return await withCheckedContinuation { continuation in
            let goesOn: Bool? = state.withLock { state in
                if state.isFinished || state.isClosed { return false }
                if state.backlog <= backlogLimit { return true }
                state.writers.append(continuation)
                return nil
            }
            if let goesOn { continuation.resume(returning: goesOn) }
        }
    }

    /// The writer has ended, or must: what is pending is still sent.
    func finish() {
        let (ticket, writers) = state.withLock { state in
            state.isFinished = true
            return (state.takeSuspension(), state.takeWriters())
        }
        if let ticket { suspended.resume(ticket) }
        for writer in writers { writer.resume(returning: false) }
    }

    /// The connection has ended.
    func close() {
        let writers = state.withLock { state in
            state.isClosed = true
            state.pending = []
            state.sent = 0
            return state.takeWriters()
        }
        for writer in writers { writer.resume(returning: false) }
    }

    /// Copies what is pending into `buffer`, or suspends `connection`. On the daemon's thread.
    func read(into buffer: UnsafeMutableRawBufferPointer, _ connection: ConnectionHandle) -> Piece {
        let (piece, writers): (Piece, [CheckedContinuation<Bool, Never>]) = state.withLock { state in
            if state.backlog > 0 {
                let count = min(state.backlog, buffer.count)
                buffer.copyBytes(from: state.pending[state.sent..<state.sent + count])
                state.sent += count
                if state.backlog == 0 {
                    state.pending.removeAll(keepingCapacity: true)
                    state.sent = 0
                }
                return (.bytes(count), state.backlog <= backlogLimit ? state.takeWriters() : [])
            }
            if state.isFinished { return (.end, []) }
            state.suspension = suspended.suspend(connection) { [weak self] in self?.finish() }
            return (state.suspension == nil ? .end : .none, [])
        }
        for writer in writers { writer.resume(returning: true) }
        return piece
    }
}
