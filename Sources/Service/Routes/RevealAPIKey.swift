// SPDX-License-Identifier: Apache-2.0
import HTTPServer
import JobQueue

extension Route {
    static let revealAPIKey = Route(
        .post, "/api/v1/jobs/{id}/api-key", access: .submit, "Shows the new tenant's API key, once", body: .emptyObject,
        responses: [.ok(200, "APIKey", "the key; no later answer holds it")],
        problems: [.noSuchJob, .noAPIKey, .notActivated, .apiKeyGone]
    ) { api, call in
        let id = try call.jobID()
        return .later {
            guard let snapshot = try await api.context.store.snapshot(of: id) else { throw Problem.noJob(id.text) }
            let job = snapshot.job
            guard JobKinds.makesKey(job.kind) else {
                throw Problem.job(id, .noAPIKey, "a job of the kind \(job.kind) makes no API key")
            }
            switch try await api.showKey(of: snapshot, to: call.submitter) {
            case .shown(let key):
                let document = KeyDocument(jobID: id.text, tenantID: job.subject ?? "", apiKey: key.text)
                return api.handing(over: key, .json(200, document))
            case .notYet: throw Problem.job(id, .notActivated, "job \(id) has not activated its tenant")
            case .gone(let why): throw Problem.job(id, .apiKeyGone, "the API key of job \(id) \(why)")
            }
        }
    }
}

private struct KeyDocument: Encodable {
    let jobID: String
    let tenantID: String
    let apiKey: String

    enum CodingKeys: String, CodingKey { case jobID = "job_id", tenantID = "tenant_id", apiKey = "api_key" }
}
