// SPDX-License-Identifier: Apache-2.0
import JobQueue
import Time
import Warehouse
import Workflow

/// The tenant's usage of its first day (UTC): nothing yet, with every limit set.
struct CreateUsageQuota: OnboardingStep {
    static let name = "create_usage_quota"
    private let environment: OnboardingEnvironment

    struct Drawn: Codable, Sendable {
        let createdAt: WallTime
    }

    struct Output: Codable, Sendable {
        let usageID: String

        enum CodingKeys: String, CodingKey {
            case usageID = "usage_id"
        }
    }

    init(_ environment: OnboardingEnvironment) { self.environment = environment }

    func draw(_ job: OnboardingFacts, _ chance: Chance) -> Draw<Drawn> {
        Draw(Drawn(createdAt: chance.now))
    }

    func run(_ attempt: OnboardingAttempt, _ drawn: Drawn) async throws -> StepResult {
        let quota = try Self.quota(attempt.job, drawn)
        try await environment.ask { warehouse throws(WarehouseError) in
            _ = try await warehouse.insert(quota, until: attempt.deadline)
        }
        return try StepResult(output: Output(usageID: Self.usageID(attempt.job, drawn)))
    }

    func undo(_ attempt: OnboardingAttempt, _ drawn: Drawn) async throws -> [Advance.Effect] {
        let quota = try Self.quota(attempt.job, drawn)
        try await environment.ask { warehouse throws(WarehouseError) in
            _ = try await warehouse.delete(quota, until: attempt.deadline)
        }
        return []
    }

    private static func usageID(_ job: OnboardingFacts, _ drawn: Drawn) -> String {
        job.input.tenantID.text + "_" + UTCDate(drawn.createdAt).yyyymmdd
    }

    /// The row as this step writes it.
    static func quota(_ job: OnboardingFacts, _ drawn: Drawn) throws -> CentralRow {
        let plan = job.input.plan
        return try row(CentralSchema.usageQuotas, [
            "usage_id": .string(usageID(job, drawn)),
            "tenant_id": .string(job.input.tenantID.text),
            "usage_date": .date(UTCDate(drawn.createdAt)),
            "pipelines_run_today": .integer(0),
            "pipelines_succeeded_today": .integer(0),
            "pipelines_failed_today": .integer(0),
            "pipelines_run_month": .integer(0),
            "concurrent_pipelines_running": .integer(0),
            "daily_limit": .integer(Int64(plan.dailyLimit)),
            "monthly_limit": .integer(Int64(plan.monthlyLimit)),
            "concurrent_limit": .integer(Int64(plan.concurrentLimit)),
            "max_concurrent_reached": .integer(0),
            "last_updated": .timestamp(drawn.createdAt),
            "created_at": .timestamp(drawn.createdAt),
        ])
    }
}
