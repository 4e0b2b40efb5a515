// SPDX-License-Identifier: Apache-2.0

/// The answer to an onboarding, in the seed system's shape. A job's `result` is this without the key, which only the answer
/// to a request that waited holds.
public struct OnboardingResult: Codable, Sendable, Equatable {
    /// What came of the dry-run pipeline that runs after the onboarding.
    public enum DryRunStatus: String, Codable, Sendable {
        case success = "SUCCESS", failed = "FAILED", skipped = "SKIPPED"
    }

    public let tenantID: String
    public var apiKey: String?
    public let subscriptionPlan: String
    public let datasetCreated: Bool
    /// Tables, never views.
    public let tablesCreated: [String]
    public let dryRunStatus: DryRunStatus
    public let message: String
    public let jobID: String
    public let warnings: [String]

    enum CodingKeys: String, CodingKey {
        case tenantID = "tenant_id", apiKey = "api_key", subscriptionPlan = "subscription_plan"
        case datasetCreated = "dataset_created", tablesCreated = "tables_created", dryRunStatus = "dryrun_status", message
        case jobID = "job_id", warnings
    }
}
