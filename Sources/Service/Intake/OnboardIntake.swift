// SPDX-License-Identifier: Apache-2.0
import HTTPServer
import JobQueue
import Onboarding
import Time

/// Takes an onboarding in: makes it durable, waits for its end where that was asked for, and answers.
struct OnboardIntake {
    /// How the answer came to be asked to wait.
    private enum Wait {
        case none
        case preferred(Duration)
        /// By `intake.default_wait_seconds`.
        case usual(Duration)
    }

    private static let longestWait = 60

    let api: API
    let call: Call

    private var context: APIContext { api.context }

    func answer() async throws -> HTTPResponse {
        let request = try OnboardRequest(call.object(), plans: context.plans())
        guard let outline = context.outlines[JobKinds.onboard] else {
            throw Problem(.notReady, "this daemon doesn't know how to onboard")
        }
        let job = try request.job(submitter: call.submitter, outline: outline, idempotency: call.idempotencyKey())
        let receipt = try await context.store.submit(job, admission: context.tenants.admission(of: request.tenantID))
        let submission = Submission(receipt, tenantID: request.tenantID.text)
        switch wait {
        case .none: return submission.accepted()
        case .preferred(let duration):
            return try await outcome(of: submission, request, within: duration) { $0.headers.append(Self.preferenceApplied(duration)) }
        case .usual(let duration):
            return try await outcome(of: submission, request, within: duration) { _ in }
        }
    }

    private var wait: Wait {
        let prefer = call.request.headers(named: "Prefer")
        let usual = context.limits().defaultWait
        if prefer.isEmpty { return usual > .zero ? .usual(usual) : .none }
        guard let seconds = Preferences(prefer).wait, seconds > 0 else { return .none }
        return .preferred(.seconds(min(seconds, Self.longestWait)))
    }

    private static func preferenceApplied(_ duration: Duration) -> (String, String) {
        ("Preference-Applied", "wait=\(duration.components.seconds)")
    }

    /// - Parameter mark: changes an answer for which the wait was kept.
    private func outcome(
        of submission: Submission, _ request: OnboardRequest, within duration: Duration, mark: (inout HTTPResponse) -> Void
    ) async throws -> HTTPResponse {
        let isAhead = request.runAt.map { $0 > context.time.wall() } ?? false
        if isAhead { return submission.accepted() }
        if try await context.store.isPaused() { return submission.accepted() }
        let waited = try await api.wait(for: submission.receipt.id, within: duration) { $0.state.isEnded }
        guard waited.isHonoured else { return submission.accepted() }
        var response = try await ended(submission, as: waited.view) ?? submission.accepted(waited.view.state)
        mark(&response)
        return response
    }

    /// nil where the job has not ended.
    private func ended(_ submission: Submission, as view: JobView) async throws -> HTTPResponse? {
        guard view.state.isEnded, let snapshot = try await context.store.snapshot(of: view.id) else { return nil }
        let outcome = OnboardOutcome(snapshot)
        if let problem = outcome.problem { return problem.response(to: call.request).markingReplay(submission.receipt) }
        let headers = [("Location", Links.job(view.id))]
        guard case .shown(let key) = try await api.showKey(of: snapshot, to: call.submitter) else {
            return .json(200, try outcome.result(), headers: headers).markingReplay(submission.receipt)
        }
        return api.handing(over: key, .json(200, try outcome.result(apiKey: key.text), headers: headers))
            .markingReplay(submission.receipt)
    }
}

/// A job that is on disk.
struct Submission {
    private struct Document: Encodable {
        let jobID: String
        let status: JobState
        let tenantID: String
        let statusURL: String

        enum CodingKeys: String, CodingKey { case jobID = "job_id", status, tenantID = "tenant_id", statusURL = "status_url" }
    }

    let receipt: Receipt
    let tenantID: String

    init(_ receipt: Receipt, tenantID: String) {
        self.receipt = receipt
        self.tenantID = tenantID
    }

    /// - Parameter state: the job's, where it is known better than at its submission.
    func accepted(_ state: JobState? = nil) -> HTTPResponse {
        let url = Links.job(receipt.id)
        let document = Document(jobID: receipt.id.text, status: state ?? receipt.state, tenantID: tenantID, statusURL: url)
        return .json(202, document, headers: [("Location", url)]).markingReplay(receipt)
    }
}
