// SPDX-License-Identifier: Apache-2.0

/// The answer to a submission: the 202's, or the seed system's where the server waits by itself and was done in time.
struct Submission: Sendable, Decodable {
    let jobID: String
    let tenantID: String?
    let status: String?
    /// Only in an answer that waited; shown nowhere else again.
    let apiKey: String?

    enum CodingKeys: String, CodingKey {
        case status
        case jobID = "job_id"
        case tenantID = "tenant_id"
        case apiKey = "api_key"
    }
}
