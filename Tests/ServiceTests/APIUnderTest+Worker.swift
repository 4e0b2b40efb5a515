// SPDX-License-Identifier: Apache-2.0
import Cryptography
import Foundation
import JobQueue
import Service
import Time

/// The test plays the worker: it claims a job and puts on record what it likes.
extension APIUnderTest {
    @discardableResult
    func claim(kind: String = "tenant.onboard") async throws -> ClaimedJob {
        let claimed = try await store.claim(Room(byKind: [kind: 1], total: 1)) { _ in Beginning(advance: nil, work: { _ in }) }
        guard let job = claimed.first?.0 else { throw APIClient.Failure(reason: "nothing to claim") }
        return job
    }

    func advance(_ job: ClaimedJob, _ change: (inout Advance) -> Void) async throws {
        var advance = Advance(done: 1, total: 10, maxAttempts: 5, knownCancel: false)
        change(&advance)
        try await store.advance(job.claim, advance)
    }

    /// Ends the job as an onboarding that went well, with its key to be shown.
    func succeed(_ job: ClaimedJob, apiKey: String = "acme_corp_api_secret") async throws {
        let tenantID = job.job.subject ?? ""
        let sealed = try AESGCM.seal(
            Array(apiKey.utf8), key: key, authenticating: Array("\(tenantID)|key-1".utf8), random: .system)
        try await advance(job) { advance in
            var step = StepRecord(name: "issue_api_key")
            step.state = .succeeded
            step.begun = 1
            step.output = #"{"api_key_id":"key-1"}"#
            advance.steps = [step]
            advance.moves = [.finished]
            advance.fate = .ended
            advance.passesPoint = true
            advance.result = #"{"tenant_id":"\#(tenantID)","tables_created":["onboarding_validation_test"],"warnings":[]}"#
            advance.secret = sealed
            advance.releasesSecret = true
        }
    }

    /// Ends the job as one that failed and was undone.
    func fail(
        _ job: ClaimedJob, step: String, code: String, retryable: Bool = false, output: String? = nil, leftovers: String? = nil
    ) async throws {
        try await advance(job) { advance in
            var record = StepRecord(name: step)
            record.state = .failed
            record.begun = 1
            record.output = output
            advance.steps = [record]
            advance.moves = [.failedForGood, .undone]
            advance.fate = .ended
            advance.leftovers = leftovers
            advance.error = """
                {"step":"\(step)","code":"\(code)","message":"it did not work","retryable":\(retryable),"occurred_at":""}
                """
        }
    }
}
