// SPDX-License-Identifier: Apache-2.0
import Synchronization
import Time

/// Tells those who wait what the store changed, after it is durable. Waiting holds no thread.
public final class ChangeHub: Sendable {
    private struct State {
        var listeners: [@Sendable (StoreChanges) -> Void] = []
        var watches: [Int64: [ChangeWatch]] = [:]
        var count = 0
        var closed = false
    }

    private let state = Mutex(State())
    private let deadlines: Deadlines
    private let time: TimeSource

    init(time: TimeSource) throws {
        self.time = time
        deadlines = try Deadlines(time: time)
    }

    /// `listener` is called after each commit that changed something, on the writer's queue: it must be short.
    public func subscribe(_ listener: @escaping @Sendable (StoreChanges) -> Void) {
        state.withLock { $0.listeners.append(listener) }
    }

    /// How many watches are open.
    public var watchCount: Int { state.withLock { $0.count } }

    /// Opens a watch on a job: changes count from now on, also those that come before `changed` is called. Close it
    /// with `end`.
    public func watch(_ job: Int64) -> ChangeWatch {
        let watch = ChangeWatch(job: job, deadlines: deadlines, time: time)
        let closed = state.withLock { state in
            state.watches[job, default: []].append(watch)
            state.count += 1
            return state.closed
        }
        if closed { watch.fire() }
        return watch
    }

    public func end(_ watch: ChangeWatch) {
        state.withLock { state in
            guard var watches = state.watches[watch.job], let index = watches.firstIndex(where: { $0 === watch }) else { return }
            watches.remove(at: index)
            state.watches[watch.job] = watches.isEmpty ? nil : watches
            state.count -= 1
        }
    }

    /// Ends all waits, now and later: the daemon stops.
    public func close() {
        let all = state.withLock { state in
            state.closed = true
            return state.watches.values.flatMap { $0 }
        }
        for watch in all { watch.fire() }
    }

    func publish(_ changes: StoreChanges) {
        let (listeners, watches) = state.withLock { state in
            (state.listeners, state.watches.isEmpty ? [] : Set(changes.jobs).flatMap { state.watches[$0] ?? [] })
        }
        for listener in listeners { listener(changes) }
        for watch in watches { watch.fire() }
    }
}

/// One waiting reader of one job.
public final class ChangeWatch: Sendable {
    private struct State: Sendable {
        var hasChanged = false
        var waiting: CheckedContinuation<Void, Never>?
    }

    let job: Int64
    private let deadlines: Deadlines
    private let time: TimeSource
    private let state = Mutex(State())

    init(job: Int64, deadlines: Deadlines, time: TimeSource) {
        self.job = job
        self.deadlines = deadlines
        self.time = time
    }

    /// Returns when the job has changed since the watch began or since the last call, or at `deadline`.
    public func changed(before deadline: BootTime) async {
        guard deadline > time.boot() else { return }
        let timer = deadlines.add(at: deadline) { [self] in fire() }
        defer { deadlines.remove(timer) }
        await withCheckedContinuation { continuation in
            let already = state.withLock { state in
                if !state.hasChanged { state.waiting = continuation }
                defer { state.hasChanged = false }
                return state.hasChanged
            }
            if already { continuation.resume() }
        }
    }

    func fire() {
        state.withLock { if $0.waiting == nil { $0.hasChanged = true } }
        release()
    }

    private func release() {
        let waiting = state.withLock { state in
            defer { state.waiting = nil }
            return state.waiting
        }
        waiting?.resume()
    }
}
