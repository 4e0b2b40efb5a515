// SPDX-License-Identifier: Apache-2.0
import JobQueue
import Onboarding
import Time
import Workflow

extension FinishedWork {
    /// A dry-run as it is put on record: its checks are its steps. It succeeded in telling what it found, whatever that was.
    init(_ request: DryRunRequest, _ report: DryRunReport, submitter: String, startedAt: WallTime) throws {
        // A text that can be no tenant's id is kept in the result only.
        let tenantID = try? TenantID(request.tenantID)
        let input = [
            "tenant_id": request.tenantID, "company_name": request.companyName, "admin_email": request.adminEmail,
            "subscription_plan": request.subscriptionPlan,
        ]
        self.init(
            job: NewJob(
                kind: JobKinds.dryRun, subject: tenantID?.text, subjectKey: tenantID?.key, isExclusive: false, submitter: submitter,
                input: try jsonText(input), stepCount: report.validationResults.count),
            state: .succeeded, startedAt: startedAt,
            steps: try report.validationResults.enumerated().map { try StepRecord($1, place: $0 + 1, startedAt: startedAt) },
            result: try jsonText(report))
    }
}

extension StepRecord {
    fileprivate init(_ check: CheckResult, place: Int, startedAt: WallTime) throws {
        self.init(name: check.checkName)
        state = switch check.status {
        case .passed: .succeeded
        case .failed: .failed
        case .skipped: .skipped
        case .warning: .warning
        }
        attempt = 1
        begun = place
        self.startedAt = startedAt
        finishedAt = startedAt + .milliseconds(check.durationMilliseconds)
        durationMilliseconds = check.durationMilliseconds
        output = try jsonText(check)
    }
}
