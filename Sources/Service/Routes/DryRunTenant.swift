// SPDX-License-Identifier: Apache-2.0
import HTTPServer
import JobQueue
import Onboarding

extension Route {
    static let dryRun = Route(
        .post, "/api/v1/tenants/dryrun", access: .submit, "Runs the eight checks and creates nothing",
        body: .json(schema: "DryRunRequest"),
        responses: [.ok(200, "DryRunReport", "what the checks found, also when some failed")],
        problems: [.malformedJSON, .lengthRequired, .bodyTooLarge, .unsupportedMediaType, .invalidRequest, .dryRunsBusy, .storageFull]
    ) { api, call in
        .later {
            let request = try DryRunRequest(call.object())
            let limit = api.context.limits().dryRuns
            guard api.dryRuns.take(limit: limit) else {
                throw Problem(.dryRunsBusy, "\(limit) dry-runs are under way, which is the limit")
            }
            defer { api.dryRuns.giveBack() }
            let id = api.context.store.drawJobID()
            let begun = api.context.time.wall()
            let report = await api.context.dryRun.run(request, jobID: id)
            try await api.context.store.record(
                try FinishedWork(request, report, submitter: call.submitter, startedAt: begun), id: id)
            return .json(200, report)
        }
    }
}
