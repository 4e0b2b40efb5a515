// SPDX-License-Identifier: Apache-2.0
import JSON
import JobQueue

/// What an onboarding that has ended means to a client that waited for it.
struct OnboardOutcome {
    /// Codes of failures that say: somebody else's tenant or dataset of this id is there.
    private static let existenceCodes: Set = ["tenant_exists", "dataset_exists"]

    private let snapshot: JobSnapshot

    init(_ snapshot: JobSnapshot) { self.snapshot = snapshot }

    private var job: JobRecord { snapshot.job }

    /// The seed system's answer.
    func result(apiKey: String? = nil) throws -> [String: JSONValue] {
        var members = try job.result.map(JSONText.stored)?.members ?? [:]
        members["job_id"] = .string(job.id.text)
        if let apiKey { members["api_key"] = .string(apiKey) }
        return members
    }

    /// nil where it succeeded.
    var problem: Problem? {
        switch job.state {
        case .succeeded: nil
        case .cancelled: .job(job.id, .jobCancelled, "job \(job.id) was cancelled")
        case .failed, .queued, .running, .retrying, .rollingBack: failure
        }
    }

    private var failure: Problem {
        let error = job.error.flatMap { try? JSONText.stored($0) }?.members ?? [:]
        let message = error["message"]?.text ?? "the job failed"
        let detail = "step \(error["step"]?.text ?? "of the job"): \(message)"
        let checks = dryRunChecks
        if checks.contains(where: saysExists) || Self.existenceCodes.contains(error["code"]?.text ?? "") {
            return .job(job.id, .tenantExists, detail).withChecks(checks)
        }
        guard error["step"]?.text == "dryrun", error["retryable"] != .bool(true), !checks.isEmpty else {
            return .job(job.id, .onboardingFailed, detail)
        }
        return .job(job.id, .dryRunFailed, detail).withChecks(checks)
    }

    private var dryRunChecks: [JSONValue] {
        let output = snapshot.steps.first { $0.name == "dryrun" }?.output
        return output.flatMap { try? JSONText.stored($0) }?.members?["validation_results"]?.list ?? []
    }

    private func saysExists(_ check: JSONValue) -> Bool {
        guard let members = check.members, members["status"] == .string("FAILED") else { return false }
        return members["check_name"] == .string("tenant_existence") && members["error"] == .string("tenant_exists")
    }
}

extension Problem {
    fileprivate func withChecks(_ checks: [JSONValue]) -> Problem {
        checks.isEmpty ? self : with(["validation_results": .array(checks)])
    }
}
