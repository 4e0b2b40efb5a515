// SPDX-License-Identifier: Apache-2.0
import JobQueue
import Time

/// A job as a wait for it left it.
struct WaitedJob {
    let view: JobView
    /// What was awaited has come, or the client's time was given to it; false where there was no room to wait.
    let isHonoured: Bool
}

extension API {
    /// Waits until the job is as `isAwaited` asks, `duration` has passed, or the daemon stops. Beyond `limits.waiters` it
    /// doesn't wait. Waiting holds no thread.
    func wait(
        for id: JobID, within duration: Duration, until isAwaited: @Sendable (JobView) -> Bool
    ) async throws -> WaitedJob {
        var view = try await jobs.view(id)
        if isAwaited(view) { return WaitedJob(view: view, isHonoured: true) }
        guard duration > .zero, !context.isStopping(), waiters.take(limit: context.limits().waiters) else {
            return WaitedJob(view: view, isHonoured: false)
        }
        defer { waiters.giveBack() }
        let watch = context.store.changes.watch(view.seq)
        defer { context.store.changes.end(watch) }
        let end = context.time.boot() + duration
        while true {
            view = try await jobs.view(id)
            if isAwaited(view) || context.time.boot() >= end { return WaitedJob(view: view, isHonoured: true) }
            if context.isStopping() { return WaitedJob(view: view, isHonoured: false) }
            await watch.changed(before: end)
        }
    }
}
