// SPDX-License-Identifier: Apache-2.0
import FoundationEssentials
import Workflow

/// The onboarding as a graph of steps: the id first, then what it needs side by side, credentials last, activation, and a
/// trial run.
public enum OnboardingWorkflow: Sendable {
    public static let kind = "tenant.onboard"

    /// All steps, in the order in which they are shown; a step comes after those that it depends on.
    private static let steps: [Registration] = [
        Registration(DryRunStep.self, phase: .dryrun, runsAlwaysAgain: true),
        Registration(ReserveTenant.self, after: [DryRunStep.name]),
        Registration(CreateSubscription.self, after: [ReserveTenant.name]),
        Registration(CreateUsageQuota.self, after: [ReserveTenant.name]),
        Registration(CreateDataset.self, after: [ReserveTenant.name]),
        Registration(CreateValidationTable.self, after: [CreateDataset.name]),
        Registration(CreateComprehensiveView.self, after: [CreateDataset.name]),
        Registration(
            IssueAPIKey.self,
            after: [CreateSubscription.name, CreateUsageQuota.name, CreateValidationTable.name, CreateComprehensiveView.name]),
        Registration(ActivateTenant.self, after: [IssueAPIKey.name], isPointOfNoReturn: true),
        Registration(VerifyPipeline.self, phase: .verify, after: [ActivateTenant.name], failure: .warns),
    ]

    public static let stepNames = steps.map(\.name)

    /// - Throws: `WorkflowError` where the list above is no graph.
    public static func make(_ environment: OnboardingEnvironment) throws(WorkflowError) -> Workflow<OnboardInput> {
        try Workflow(
            kind: kind, steps: steps.map { $0.make(environment) },
            decode: { try JSONDecoder().decode(OnboardInput.self, from: Data($0.utf8)) },
            result: { job, warnings in try jsonText(OnboardingResult(of: job, warnings)) })
    }

    /// A step's place in the graph.
    private struct Registration: Sendable {
        let name: String
        let make: @Sendable (OnboardingEnvironment) -> StepDefinition<OnboardInput>

        init<S: OnboardingStep>(
            _ step: S.Type, phase: StepPhase = .onboard, after dependsOn: [String] = [],
            failure: StepDefinition<OnboardInput>.Failure = .endsJob, isPointOfNoReturn: Bool = false,
            runsAlwaysAgain: Bool = false
        ) {
            name = step.name
            make = { environment in
                StepDefinition(
                    S(environment), phase: phase, after: dependsOn, policy: environment.policies[S.name], failure: failure,
                    isPointOfNoReturn: isPointOfNoReturn, runsAlwaysAgain: runsAlwaysAgain,
                    service: environment.warehouse.kind.rawValue)
            }
        }
    }
}

extension OnboardingResult {
    /// From what the steps of a finished job answered.
    init(of job: OnboardingFacts, _ warnings: [String]) throws {
        let dataset = try job.output(of: CreateDataset.name, as: CreateDataset.Output.self)
        let table = try job.output(of: CreateValidationTable.name, as: CreateValidationTable.Output.self)
        // A trial run that was cut off, by its time-out for one, left no answer.
        let verified = job.outputs[VerifyPipeline.name] == nil
            ? nil : try job.output(of: VerifyPipeline.name, as: VerifyPipeline.Output.self)
        self.init(
            tenantID: job.input.tenantID.text, subscriptionPlan: job.input.plan.name,
            datasetCreated: dataset.datasetCreated, tablesCreated: [table.table],
            dryRunStatus: verified?.status ?? .failed,
            message: "tenant \(job.input.tenantID) is onboarded", jobID: job.id.text, warnings: warnings)
    }
}
