// SPDX-License-Identifier: Apache-2.0
import JobQueue
import Logging
import Onboarding
import Service
import Synchronization
import Time

/// Removes, in small slices, what is over its retention: ended jobs, dry-runs, unread secrets. It looks once an hour, and
/// earlier where much has changed.
final class Housekeeping: Sendable {
    private struct State {
        var changes = 0
        var loop: Task<Void, Never>?
        var pause: Task<Void, any Error>?
    }

    /// So many changes bring a look forward.
    private static let changesBetweenLooks = 5_000
    private static let pause = Duration.seconds(3600)

    private let store: JobStore
    private let retention: @Sendable () -> Configuration.Retention
    private let time: TimeSource
    private let log: Logger
    private let state = Mutex(State())

    init(store: JobStore, retention: @escaping @Sendable () -> Configuration.Retention, time: TimeSource, log: Logger) {
        self.store = store
        self.retention = retention
        self.time = time
        self.log = log
    }

    func start() {
        store.changes.subscribe { [weak self] changes in self?.count(changes.jobs.count) }
        state.withLock { $0.loop = Task { await lookEveryHour() } }
    }

    func stop() {
        state.withLock { state in
            state.loop?.cancel()
            state.pause?.cancel()
            state.loop = nil
        }
    }

    /// Ends the pause between two looks; a look under way goes on.
    private func count(_ changes: Int) {
        state.withLock { state in
            state.changes += changes
            guard state.changes >= Self.changesBetweenLooks else { return }
            state.changes = 0
            state.pause?.cancel()
        }
    }

    private func lookEveryHour() async {
        while !Task.isCancelled {
            do {
                try await look()
            } catch {
                guard !Task.isCancelled else { return }
                log.error("retention.failed", "cannot remove what is over its retention: \(error); the next look tries again")
            }
            await pause()
        }
    }

    private func pause() async {
        let pause = Task { [time] in try await time.sleep(Self.pause) }
        state.withLock { $0.pause = pause }
        // Cut short by a stop or by many changes: either way it is over.
        _ = await pause.result
    }

    private func look() async throws {
        try await store.noteRunningTime()
        let expired = try await store.expireSecrets()
        if expired > 0 { log.notice("secrets.expired", "\(expired) unread API keys were destroyed: their 24 hours are over") }
        while try await store.forgetIdempotencyKeys() > 0 { try Task.checkCancellation() }
        for kind in Set(try await store.counts().map(\.kind)).sorted() {
            let retention = retention(of: kind)
            while try await store.prune(kind: kind, retention) > 0 { try Task.checkCancellation() }
        }
    }

    private func retention(of kind: String) -> Retention {
        let settings = retention()
        return kind == DryRun.kind
            ? Retention(age: settings.dryrunTime, count: settings.dryruns)
            : Retention(age: settings.time, count: settings.jobs)
    }
}
