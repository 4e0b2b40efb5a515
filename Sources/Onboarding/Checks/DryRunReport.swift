// SPDX-License-Identifier: Apache-2.0
import JSON
import Time

/// What the eight checks found, in the seed system's shape.
public struct DryRunReport: Codable, Sendable, Equatable {
    public enum Status: String, Codable, Sendable {
        case success = "SUCCESS", failed = "FAILED"
    }

    /// Each check counts once: `total` is the sum of the four below it.
    public struct Summary: Codable, Sendable, Equatable {
        public let totalChecks: Int
        public let passed: Int
        /// Advisory checks that failed are among them.
        public let failed: Int
        public let skipped: Int
        public let warnings: Int
        /// No critical check failed.
        public let allPassed: Bool

        enum CodingKeys: String, CodingKey {
            case totalChecks = "total_checks", passed, failed, skipped, warnings, allPassed = "all_passed"
        }
    }

    public let status: Status
    public let tenantID: String
    public let subscriptionPlan: String
    public let companyName: String
    public let adminEmail: String
    public let readyForOnboarding: Bool
    public let validationSummary: Summary
    /// In the order of `DryRun.checks`.
    public let validationResults: [CheckResult]
    public let message: String
    public var jobID: String?

    enum CodingKeys: String, CodingKey {
        case status, tenantID = "tenant_id", subscriptionPlan = "subscription_plan", companyName = "company_name"
        case adminEmail = "admin_email", readyForOnboarding = "ready_for_onboarding"
        case validationSummary = "validation_summary", validationResults = "validation_results", message, jobID = "job_id"
    }

    init(_ request: DryRunRequest, _ results: [CheckResult], job: String?) {
        func count(_ status: CheckStatus) -> Int { results.count { $0.status == status } }
        let isReady = !results.contains(where: \.blocks)
        status = isReady ? .success : .failed
        tenantID = request.tenantID
        subscriptionPlan = request.subscriptionPlan
        companyName = request.companyName
        adminEmail = request.adminEmail
        readyForOnboarding = isReady
        validationSummary = Summary(
            totalChecks: results.count, passed: count(.passed), failed: count(.failed), skipped: count(.skipped),
            warnings: count(.warning), allPassed: isReady)
        validationResults = results
        message = Self.message(results, isReady: isReady)
        jobID = job
    }

    private static func message(_ results: [CheckResult], isReady: Bool) -> String {
        let failed = results.filter { $0.status == .failed }
        guard !isReady else {
            let advice = failed.isEmpty ? "" : "; advisory checks failed: \(failed.map(\.checkName).joined(separator: ", "))"
            return "the tenant can be onboarded" + advice
        }
        let blocking = failed.filter(\.blocks)
        return "the tenant can't be onboarded: " + blocking.map { "\($0.checkName): \($0.message)" }.joined(separator: "; ")
    }
}
