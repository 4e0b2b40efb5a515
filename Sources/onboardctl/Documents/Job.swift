// SPDX-License-Identifier: Apache-2.0

/// A job as `GET /api/v1/jobs/{id}` and the lists give it. Only what every job has is required, so that a newer
/// server's document can still be read.
struct Job: Sendable, Decodable {
    let id: String
    let state: JobState
    let kind: String?
    let tenantID: String?
    let attempt: Int?
    let maxAttempts: Int?
    let priority: Int?
    let createdAt: String?
    let runAt: String?
    let startedAt: String?
    let finishedAt: String?
    let cancelRequested: Bool?
    let waiting: Waiting?
    let progress: Progress?
    let steps: [Step]?
    let result: JSONValue?
    let warnings: [JSONValue]?
    let leftovers: [JSONValue]?
    let error: Fault?

    struct Waiting: Sendable, Decodable {
        let reason: String
        let until: String?
        let detail: String?

        /// Why, and how long if that is known.
        var text: String {
            let why = (detail ?? reason).printable
            return until.map { "\(why) (until \($0.printable))" } ?? why
        }
    }

    struct Progress: Sendable, Decodable {
        let done: Int
        let total: Int
    }

    struct Fault: Sendable, Decodable {
        let step: String?
        let code: String?
        let message: String?
        let retryable: Bool?
        let occurredAt: String?

        enum CodingKeys: String, CodingKey {
            case step, code, message, retryable
            case occurredAt = "occurred_at"
        }
    }

    enum CodingKeys: String, CodingKey {
        case state, kind, attempt, priority, waiting, progress, steps, result, warnings, leftovers, error
        case id = "job_id"
        case tenantID = "tenant_id"
        case maxAttempts = "max_attempts"
        case createdAt = "created_at"
        case runAt = "run_at"
        case startedAt = "started_at"
        case finishedAt = "finished_at"
        case cancelRequested = "cancel_requested"
    }
}

/// A state by its name on the wire: a newer server's is shown as it is, and taken as unfinished.
struct JobState: RawRepresentable, Sendable, Hashable, Decodable {
    let rawValue: String

    static let succeeded = JobState(rawValue: "succeeded")
    static let failed = JobState(rawValue: "failed")
    static let cancelled = JobState(rawValue: "cancelled")

    /// What `list --state` takes.
    static let all = ["queued", "running", "retrying", "rolling_back", "succeeded", "failed", "cancelled"]

    var isFinal: Bool { [.succeeded, .failed, .cancelled].contains(self) }
}
