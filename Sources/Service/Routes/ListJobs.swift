// SPDX-License-Identifier: Apache-2.0
import HTTPServer
import JobQueue
import Onboarding

extension Route {
    static let listJobs = Route(
        .get, "/api/v1/jobs", access: .read, "Jobs, newest first; their steps are left out",
        query: [
            QueryParameter("state", .choice(JobState.allCases.map(\.rawValue)), "only jobs in this state"),
            QueryParameter("kind", .choice(JobKinds.all), "only jobs of this kind"),
            QueryParameter("tenant_id", .text(longest: 64), "only jobs of this tenant; case doesn't matter"),
            .limit(1...200, default: 50), .cursor,
        ],
        responses: [.ok(200, "JobPage", "a page; next_cursor is absent at the end")]
    ) { api, call in
        let names = ["state", "kind", "tenant_id"].map { call.query.text($0) }
        let identity = ["jobs"] + names.dropLast() + [names[2].map(TenantID.key)]
        let cursor = try call.query.text("cursor").map { text throws(Problem) in try Cursor(text, filter: identity) }
        let filter = JobFilter(
            state: names[0].flatMap(JobState.init), kind: names[1], subjectKey: names[2].map(TenantID.key), before: cursor?.position)
        let limit = call.query.integer("limit") ?? 50
        return .later {
            let jobs = try await api.context.store.jobs(filter, limit: limit + 1)
            let page = jobs.prefix(limit)
            let next = jobs.count > limit ? page.last.map { Cursor(position: $0.seq).text(filter: identity) } : nil
            return .json(200, Page(items: try await api.items(page), nextCursor: next))
        }
    }
}

extension API {
    fileprivate func items(_ jobs: ArraySlice<JobRecord>) async throws -> [JobDocument] {
        let isPaused = jobs.contains { $0.place == .ready } ? try await context.store.isPaused() : false
        return try jobs.map { job in
            try JobDocument(job, isPaused: isPaused, isRegistered: context.outlines[job.kind] != nil)
        }
    }
}
