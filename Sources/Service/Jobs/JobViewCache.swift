// SPDX-License-Identifier: Apache-2.0
import JobQueue
import Synchronization

/// The views that were asked for last, up to a number of bytes. What changes in the store is dropped here before anyone is
/// told of the change.
///
/// Two generations stand for an order of use: what is used moves to the young one, and when that is full the old one goes.
final class JobViewCache: Sendable {
    /// The state of the store as a reader found it, to tell whether the read view is still good.
    struct Ticket: Sendable {
        fileprivate let position: Int
    }

    private struct Generation {
        var views: [JobID: JobView] = [:]
        var ids: [Int64: JobID] = [:]
        var bytes = 0

        mutating func insert(_ view: JobView) {
            remove(view.seq)
            views[view.id] = view
            ids[view.seq] = view.id
            bytes += view.body.count
        }

        mutating func remove(_ seq: Int64) {
            guard let id = ids.removeValue(forKey: seq), let view = views.removeValue(forKey: id) else { return }
            bytes -= view.body.count
        }
    }

    private struct State {
        var young = Generation()
        var old = Generation()
        /// The last changes, in a ring.
        var changed: [Int64] = []
        var position = 0
    }

    /// Changes that are remembered: a read during which more came is not kept.
    private static let rememberedChanges = 4_096

    private let state = Mutex(State())
    private let generationBytes: Int

    /// - Parameter bytes: of all bodies together, at most.
    init(bytes: Int) { generationBytes = bytes / 2 }

    func view(_ id: JobID) -> JobView? {
        state.withLock { state in
            if let view = state.young.views[id] { return view }
            guard let view = state.old.views[id] else { return nil }
            state.old.remove(view.seq)
            insert(view, &state)
            return view
        }
    }

    /// Before the store is read.
    func ticket() -> Ticket { state.withLock { Ticket(position: $0.position) } }

    /// Keeps what was read, unless the job has changed since.
    func keep(_ view: JobView, _ ticket: Ticket) {
        state.withLock { state in
            let missed = state.position - ticket.position
            guard missed <= state.changed.count else { return }
            for back in 0..<missed where state.changed[(state.position - 1 - back) % Self.rememberedChanges] == view.seq { return }
            insert(view, &state)
        }
    }

    func drop(_ seqs: [Int64]) {
        state.withLock { state in
            for seq in seqs {
                state.young.remove(seq)
                state.old.remove(seq)
                if state.changed.count < Self.rememberedChanges {
                    state.changed.append(seq)
                } else {
                    state.changed[state.position % Self.rememberedChanges] = seq
                }
                state.position += 1
            }
        }
    }

    private func insert(_ view: JobView, _ state: inout State) {
        state.young.insert(view)
        guard state.young.bytes > generationBytes else { return }
        state.old = state.young
        state.young = Generation()
    }
}
