// SPDX-License-Identifier: Apache-2.0
import Cryptography
import JobQueue
import Time
import Warehouse
import Workflow

/// The tenant's subscription to its plan.
struct CreateSubscription: OnboardingStep {
    static let name = "create_subscription"
    private let environment: OnboardingEnvironment

    struct Drawn: Codable, Sendable {
        let subscriptionID: String
        let createdAt: WallTime
    }

    struct Output: Codable, Sendable {
        let subscriptionID: String
        let planName: String
        let trialEndDate: String?

        enum CodingKeys: String, CodingKey {
            case subscriptionID = "subscription_id", planName = "plan_name", trialEndDate = "trial_end_date"
        }
    }

    init(_ environment: OnboardingEnvironment) { self.environment = environment }

    func draw(_ job: OnboardingFacts, _ chance: Chance) -> Draw<Drawn> {
        Draw(Drawn(subscriptionID: UUIDv4.canonical(random: chance.random), createdAt: chance.now))
    }

    func run(_ attempt: OnboardingAttempt, _ drawn: Drawn) async throws -> StepResult {
        let subscription = try Self.subscription(attempt.job, drawn)
        try await environment.ask { warehouse throws(WarehouseError) in
            _ = try await warehouse.insert(subscription, until: attempt.deadline)
        }
        let plan = attempt.job.input.plan
        return try StepResult(
            output: Output(
                subscriptionID: drawn.subscriptionID, planName: plan.name,
                trialEndDate: plan.trialEnd(from: drawn.createdAt)?.description))
    }

    func undo(_ attempt: OnboardingAttempt, _ drawn: Drawn) async throws -> [Advance.Effect] {
        let subscription = try Self.subscription(attempt.job, drawn)
        try await environment.ask { warehouse throws(WarehouseError) in
            _ = try await warehouse.delete(subscription, until: attempt.deadline)
        }
        return []
    }

    /// The row as this step writes it.
    static func subscription(_ job: OnboardingFacts, _ drawn: Drawn) throws -> CentralRow {
        let plan = job.input.plan
        let trialEnd = plan.trialEnd(from: drawn.createdAt)
        return try row(CentralSchema.subscriptions, [
            "subscription_id": .string(drawn.subscriptionID),
            "tenant_id": .string(job.input.tenantID.text),
            "plan_name": .string(plan.name),
            "status": .string(trialEnd == nil ? "ACTIVE" : "TRIAL"),
            "daily_limit": .integer(Int64(plan.dailyLimit)),
            "monthly_limit": .integer(Int64(plan.monthlyLimit)),
            "concurrent_limit": .integer(Int64(plan.concurrentLimit)),
            // The seed system's scheduler compares with this one, and takes NULL for none at all.
            "max_pipelines_per_day": .integer(Int64(plan.dailyLimit)),
            "trial_end_date": trialEnd.map(WarehouseValue.date) ?? .null,
            "created_at": .timestamp(drawn.createdAt),
            "updated_at": .timestamp(drawn.createdAt),
        ])
    }
}
