// SPDX-License-Identifier: Apache-2.0

/// The answer of a dry-run.
struct DryRunReport: Sendable, Decodable {
    let tenantID: String?
    let isReady: Bool
    let message: String?
    let jobID: String?
    let checks: [Check]

    struct Check: Sendable, Decodable {
        let name: String
        let status: String
        let severity: String?
        let message: String?
        let error: JSONValue?
        let durationMilliseconds: Double?

        enum CodingKeys: String, CodingKey {
            case status, severity, message, error
            case name = "check_name"
            case durationMilliseconds = "duration_ms"
        }
    }

    enum CodingKeys: String, CodingKey {
        case message
        case tenantID = "tenant_id"
        case isReady = "ready_for_onboarding"
        case jobID = "job_id"
        case checks = "validation_results"
    }
}
