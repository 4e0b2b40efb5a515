// SPDX-License-Identifier: Apache-2.0
import HTTPServer
import JobQueue

extension Route {
    static let retryJob = Route(
        .post, "/api/v1/jobs/{id}/retry", access: .submit, "Puts a failed job back into the queue", body: .emptyObject,
        headers: [.idempotencyKey],
        responses: [.ok(202, "Job", "the job, queued again", headers: ["Location", "ETag", "Retry-After", "Idempotency-Replayed"])],
        problems: [.noSuchJob, .notFailed, .tenantExists, .tenantBusy, .invalidIdempotencyKey, .idempotencyKeyReused]
    ) { api, call in
        let id = try call.jobID()
        let key = try call.idempotencyKey()
        return .later {
            guard let snapshot = try await api.context.store.snapshot(of: id) else { throw Problem.noJob(id.text) }
            let again = api.context.outlines[snapshot.job.kind]?.alwaysAgain ?? []
            let receipt = try await api.context.store.retry(
                id, alwaysAgain: again, idempotency: key, admission: api.context.tenants.retryAdmission())
            var response = try await api.jobs.view(id).response(status: 202, now: api.context.time.wall())
            response.headers.append(("Location", Links.job(id)))
            return response.markingReplay(receipt)
        }
    }
}
