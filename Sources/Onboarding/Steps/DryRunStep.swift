// SPDX-License-Identifier: Apache-2.0
import JobQueue
import Workflow

/// The eight checks. The onboarding never goes on without them, and a retried job runs them again.
struct DryRunStep: OnboardingStep, StepWithoutTrace {
    static let name = "dryrun"
    private let environment: OnboardingEnvironment

    init(_ environment: OnboardingEnvironment) { self.environment = environment }

    func run(_ attempt: OnboardingAttempt, _ drawn: Nothing) async throws -> StepResult {
        let job = attempt.job
        let asking = AskingJob(
            id: job.id.text, plan: job.input.plan,
            profileCreatedAt: job.drawn[ReserveTenant.name] == nil
                ? nil : try job.drawn(by: ReserveTenant.name, as: ReserveTenant.Drawn.self).createdAt)
        let report = await environment.dryRun.run(DryRunRequest(job.input), for: asking)
        guard report.readyForOnboarding else { throw try refusal(report) }
        return try StepResult(output: report)
    }

    /// A retry helps only if every check that failed may pass by itself.
    private func refusal(_ report: DryRunReport) throws -> StepError {
        let blocking = report.validationResults.filter(\.blocks)
        let lasting = blocking.filter { !$0.mayPass }
        let exists = lasting.contains { $0.error == TenantExistenceCheck.code }
        return StepError(
            code: exists ? TenantExistenceCheck.code : "dryrun_failed", message: report.message,
            retry: lasting.isEmpty ? .withBackoff : .never,
            isOutage: lasting.isEmpty && blocking.contains { $0.error == "unavailable" }, output: try jsonText(report))
    }
}
