// SPDX-License-Identifier: Apache-2.0
import HTTPServer
import JobQueue

extension Route {
    /// The poll: a job that was asked for before is answered on the spot, without a look into the store.
    static let getJob = Route(
        .get, "/api/v1/jobs/{id}", access: .read, "A job with its steps",
        query: [.wait], headers: [.ifNoneMatch],
        responses: [
            .ok(200, "Job", "the job; Retry-After while it hasn't ended", headers: ["ETag", "Retry-After"]),
            .ok(304, nil, "it is as the client has it", headers: ["ETag", "Retry-After"]),
        ],
        problems: [.noSuchJob]
    ) { api, call in
        let id = try call.jobID()
        let tags = EntityTags(call.request.headers(named: "If-None-Match"))
        let wait = Duration.seconds(call.query.integer("wait") ?? 0)
        if wait == .zero, let view = api.jobs.cached(id) {
            return .now(answer(view, tags, api))
        }
        return .later {
            let waited = try await api.wait(for: id, within: wait) { view in
                tags.map { !$0.matches(view.tag) } ?? view.state.isEnded
            }
            return answer(waited.view, tags, api)
        }
    }

    private static func answer(_ view: JobView, _ tags: EntityTags?, _ api: API) -> HTTPResponse {
        let now = api.context.time.wall()
        return tags?.matches(view.tag) ?? false ? view.notModified(now: now) : view.response(now: now)
    }
}

extension QueryParameter {
    static let wait = QueryParameter(
        "wait", .integerUpTo(60),
        "seconds to hold the answer until the job differs from If-None-Match, or without that has ended; above 60 counts as 60")
}
