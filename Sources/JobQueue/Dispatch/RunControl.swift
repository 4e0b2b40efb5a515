// SPDX-License-Identifier: Apache-2.0
import Synchronization

/// What the queue tells the worker of a job while it works.
public final class RunControl: Sendable {
    public enum Notice: Sendable, Equatable {
        /// A cancellation is on record.
        case cancelRequested
        /// Finish the steps in hand, begin no others, hand the job back.
        case drain
        /// The drain time is over: give the steps in hand up.
        case giveUp
        /// The lease is lost: stop, record nothing.
        case leaseLost
    }

    private struct State {
        var listener: (@Sendable (Notice) -> Void)?
        var missed: [Notice] = []
        var isOver = false
    }

    private let state = Mutex(State())

    public init() {}

    /// The steps in hand were given up, or the lease is lost: what can't be recorded now needn't be.
    public var isOver: Bool { state.withLock { $0.isOver } }

    /// `listener` is told of every notice, also of those that came before it.
    public func listen(_ listener: @escaping @Sendable (Notice) -> Void) {
        let missed = state.withLock { state in
            state.listener = listener
            defer { state.missed = [] }
            return state.missed
        }
        missed.forEach(listener)
    }

    public func notify(_ notice: Notice) {
        let listener = state.withLock { state in
            if state.listener == nil { state.missed.append(notice) }
            if notice == .giveUp || notice == .leaseLost { state.isOver = true }
            return state.listener
        }
        listener?(notice)
    }
}
