// SPDX-License-Identifier: Apache-2.0
import JobQueue
import Workflow

/// What an onboarding job is to do, as it is stored with the job: the request, and the plan with its limits as they were at
/// the submission. It holds no secret; the e-mail address is stored data and never logged.
public struct OnboardInput: Codable, Sendable, Equatable {
    public let tenantID: TenantID
    public let companyName: String
    public let adminEmail: EmailAddress
    public let plan: Plan

    public init(_ request: OnboardRequest) {
        tenantID = request.tenantID
        companyName = request.companyName
        adminEmail = request.adminEmail
        plan = request.plan
    }

    enum CodingKeys: String, CodingKey {
        case tenantID = "tenant_id", companyName = "company_name", adminEmail = "admin_email", plan
    }
}

extension OnboardRequest {
    /// The job that does it.
    public func job(
        submitter: String, outline: WorkflowOutline, idempotency: IdempotencyKey? = nil
    ) throws -> NewJob {
        NewJob(
            kind: outline.kind, subject: tenantID.text, subjectKey: tenantID.key, isExclusive: true, submitter: submitter,
            input: try jsonText(OnboardInput(self)), priority: priority, runAt: runAt, maxAttempts: outline.maxAttempts,
            stepCount: outline.steps.count, idempotency: idempotency)
    }
}
