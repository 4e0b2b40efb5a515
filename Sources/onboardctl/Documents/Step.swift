// SPDX-License-Identifier: Apache-2.0

/// One step of a job.
struct Step: Sendable, Decodable {
    let name: String
    let state: String
    let phase: String?
    let attempt: Int?
    let startedAt: String?
    let finishedAt: String?
    let durationMilliseconds: Double?
    let failures: [Failure]?

    struct Failure: Sendable, Decodable {
        let attempt: Int?
        let at: String?
        let code: String?
        let message: String?
        let retryAt: String?

        enum CodingKeys: String, CodingKey {
            case attempt, at, code, message
            case retryAt = "retry_at"
        }
    }

    enum CodingKeys: String, CodingKey {
        case name, state, phase, attempt, failures
        case startedAt = "started_at"
        case finishedAt = "finished_at"
        case durationMilliseconds = "duration_ms"
    }

    /// What is worth saying about its last failure; nothing where all went well after it.
    var trouble: String? {
        guard state != "succeeded", let failure = failures?.last else { return nil }
        let again = state == "retrying" ? failure.retryAt.map { "again at \(Clock.time(of: $0))" } : nil
        let parts = [failure.message ?? failure.code, again].compactMap { $0?.printable }
        return parts.isEmpty ? nil : parts.joined(separator: "; ")
    }
}
