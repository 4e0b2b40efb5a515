// SPDX-License-Identifier: Apache-2.0
import HTTPServer
import JobQueue

extension Route {
    static let cancelJob = Route(
        .post, "/api/v1/jobs/{id}/cancel", access: .submit,
        "Cancels a job, durably: what it did is undone. The same when repeated", body: .emptyObject,
        responses: [.ok(202, "Job", "the job, with cancel_requested", headers: ["Location", "ETag", "Retry-After"])],
        problems: [.noSuchJob, .tooLate]
    ) { api, call in
        let id = try call.jobID()
        return .later {
            try await api.context.store.cancel(id)
            var response = try await api.jobs.view(id).response(status: 202, now: api.context.time.wall())
            response.headers.append(("Location", Links.job(id)))
            return response
        }
    }
}
