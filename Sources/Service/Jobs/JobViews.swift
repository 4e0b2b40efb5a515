// SPDX-License-Identifier: Apache-2.0
import JobQueue
import Time
import Workflow

/// Jobs as documents: each is read and written once a version, however often it is asked for.
struct JobViews: Sendable {
    /// Of all documents that are kept.
    private static let cacheBytes = 8 << 20
    /// How old a place in line may be.
    private static let placeAge = Duration.seconds(1)

    private let store: JobStore
    private let outlines: [String: WorkflowOutline]
    private let time: TimeSource
    private let cache: JobViewCache

    init(_ context: APIContext) {
        store = context.store
        outlines = context.outlines
        time = context.time
        let cache = JobViewCache(bytes: Self.cacheBytes)
        self.cache = cache
        store.changes.subscribe { cache.drop($0.jobs) }
    }

    /// The view at hand, without a look into the store.
    func cached(_ id: JobID) -> JobView? {
        guard let view = cache.view(id) else { return nil }
        guard let freshUntil = view.freshUntil else { return view }
        return time.boot() < freshUntil ? view : nil
    }

    /// - Throws: `Problem` `no_such_job`; what the store throws.
    func view(_ id: JobID) async throws -> JobView {
        if let view = cached(id) { return view }
        let ticket = cache.ticket()
        guard let snapshot = try await store.snapshot(of: id) else { throw Problem.noJob(id.text) }
        let view = try make(snapshot)
        cache.keep(view, ticket)
        return view
    }

    private func make(_ snapshot: JobSnapshot) throws -> JobView {
        let job = snapshot.job
        let document = try JobDocument(snapshot, outline: outlines[job.kind])
        return JobView(
            id: job.id, seq: job.seq, state: job.state, version: job.version,
            body: JSONText.bytes(document), dueAt: job.dueAt, freshUntil: job.place == .ready ? time.boot() + Self.placeAge : nil)
    }
}
