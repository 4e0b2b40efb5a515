// SPDX-License-Identifier: Apache-2.0
import JobQueue
import Time
import Warehouse
import Workflow

/// Reads back all that was made, then makes the tenant ACTIVE. From its begin on the job can't be cancelled; its key can be
/// shown from its end on.
struct ActivateTenant: OnboardingStep {
    static let name = "activate_tenant"
    private let environment: OnboardingEnvironment

    struct Drawn: Codable, Sendable {
        let activatedAt: WallTime
        /// Kept here too: when this step's undo is finished late, `reserve_tenant` may have been undone and forgotten.
        let reservedAt: WallTime
    }

    struct Output: Codable, Sendable {
        let status: String
        let verified: [String]
    }

    init(_ environment: OnboardingEnvironment) { self.environment = environment }

    func draw(_ job: OnboardingFacts, _ chance: Chance) throws -> Draw<Drawn> {
        let reserved = try job.drawn(by: ReserveTenant.name, as: ReserveTenant.Drawn.self)
        return Draw(Drawn(activatedAt: chance.now, reservedAt: reserved.createdAt))
    }

    func run(_ attempt: OnboardingAttempt, _ drawn: Drawn) async throws -> StepResult {
        let job = attempt.job
        try await ReadBack(job: job, environment: environment, deadline: attempt.deadline).check()
        try await setProfile(.active, updatedAt: drawn.activatedAt, drawn, attempt)
        return try StepResult(
            output: Output(status: TenantStatus.active.rawValue, verified: ReadBack.things),
            effects: [TenantStore.activate(job.input.tenantID, of: job.id, at: drawn.activatedAt)], releasesSecret: true)
    }

    /// Leaves the profile as `reserve_tenant` wrote it, so that its undo finds its own row.
    func undo(_ attempt: OnboardingAttempt, _ drawn: Drawn) async throws -> [Advance.Effect] {
        do {
            try await setProfile(.provisioning, updatedAt: drawn.reservedAt, drawn, attempt)
        } catch let error as StepError where error.code == WarehouseError.Code.notFound.rawValue {
            // Not there, not active.
        }
        return [TenantStore.deactivate(attempt.job.input.tenantID, of: attempt.job.id)]
    }

    private func setProfile(
        _ status: TenantStatus, updatedAt time: WallTime, _ drawn: Drawn, _ attempt: OnboardingAttempt
    ) async throws {
        let identity = try ReserveTenant.profile(attempt.job, .init(createdAt: drawn.reservedAt)).identity
        try await environment.ask { warehouse throws(WarehouseError) in
            try await warehouse.update(
                identity, set: ["status": .string(status.rawValue), "updated_at": .timestamp(time)],
                until: attempt.deadline)
        }
    }
}
