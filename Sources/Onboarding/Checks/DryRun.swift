// SPDX-License-Identifier: Apache-2.0
import JobQueue
import Time
import Warehouse
import YAML

/// Runs the checks: for a dry-run at the API, and as the first step of each onboarding.
public struct DryRun: Sendable {
    /// How long one check may take. One that takes longer has failed, and is not waited for.
    public static let timeout = Duration.seconds(10)

    /// In the order of the report.
    static let checks: [any Check] = [
        TenantIDFormatCheck(), EmailFormatCheck(), CredentialsCheck(), ConnectivityCheck(), SubscriptionPlanCheck(),
        TenantExistenceCheck(), CentralTablesCheck(), PipelineConfigCheck(),
    ]

    let tenants: TenantStore
    let warehouse: any Warehouse
    let plans: @Sendable () -> PlanCatalog
    let pipeline: @Sendable () throws(YAMLError) -> PipelineConfig
    let time: TimeSource
    let checks: [any Check]

    /// - Parameters:
    ///   - plans: those of now: a reload changes them.
    ///   - pipeline: reads the dry-run pipeline, as it is now.
    public init(
        tenants: TenantStore, warehouse: any Warehouse, plans: @escaping @Sendable () -> PlanCatalog,
        pipeline: @escaping @Sendable () throws(YAMLError) -> PipelineConfig, time: TimeSource
    ) {
        self.init(tenants: tenants, warehouse: warehouse, plans: plans, pipeline: pipeline, time: time, checks: Self.checks)
    }

    init(
        tenants: TenantStore, warehouse: any Warehouse, plans: @escaping @Sendable () -> PlanCatalog,
        pipeline: @escaping @Sendable () throws(YAMLError) -> PipelineConfig, time: TimeSource, checks: [any Check]
    ) {
        self.tenants = tenants
        self.warehouse = warehouse
        self.plans = plans
        self.pipeline = pipeline
        self.time = time
        self.checks = checks
    }

    /// Runs all checks side by side, and changes nothing. Answers within `timeout`, whatever the checks do.
    /// - Parameter jobID: under which the dry-run is put on record, for the report.
    public func run(_ request: DryRunRequest, jobID: JobID? = nil) async -> DryRunReport {
        await report(on: request, for: nil, jobID: jobID)
    }

    func run(_ request: DryRunRequest, for job: AskingJob) async -> DryRunReport {
        await report(on: request, for: job, jobID: nil)
    }

    private func report(on request: DryRunRequest, for job: AskingJob?, jobID: JobID?) async -> DryRunReport {
        let begun = time.boot()
        let subject = CheckSubject(request: request, job: job, environment: self, deadline: begun + Self.timeout)
        let asked = checks.map { check in
            let answer = FirstAnswer<CheckResult>()
            let task = Task { answer.give(result(of: check, await Self.finding(of: check, on: subject), since: begun)) }
            return (check: check, answer: answer, task: task)
        }
        // Whoever has not answered by then has failed; its task is cancelled, not waited for.
        let alarm = Task {
            try await time.sleep(Self.timeout)
            for one in asked { one.answer.give(result(of: one.check, .timedOut, since: begun)) }
        }
        var results: [CheckResult] = []
        for one in asked { results.append(await one.answer.taken()) }
        alarm.cancel()
        for one in asked { one.task.cancel() }
        return DryRunReport(request, results, job: job?.id ?? jobID?.text)
    }

    private func result(of check: any Check, _ finding: CheckFinding, since begun: BootTime) -> CheckResult {
        CheckResult(
            checkName: check.name, passed: finding.status != .failed, status: finding.status, severity: check.severity,
            message: finding.message, details: finding.details, error: finding.code,
            durationMilliseconds: (time.boot() - begun).wholeMilliseconds, timestamp: time.wall().rfc3339,
            mayPass: finding.mayPass)
    }

    private static func finding(of check: any Check, on subject: CheckSubject) async -> CheckFinding {
        do {
            return try await check.run(subject)
        } catch let error as WarehouseError {
            return .failed(error)
        } catch {
            return CheckFinding(status: .failed, message: "\(error)", code: "unexpected", mayPass: true)
        }
    }
}

extension CheckFinding {
    fileprivate static let timedOut = CheckFinding(
        status: .failed, message: "no answer within \(DryRun.timeout)", code: "timeout", mayPass: true)
}
