// SPDX-License-Identifier: Apache-2.0
import JobQueue
import Time
import Warehouse
import Workflow

/// The tenant's profile, PROVISIONING, in the store and in the warehouse: from here on the id is taken.
struct ReserveTenant: OnboardingStep {
    static let name = "reserve_tenant"
    private let environment: OnboardingEnvironment

    struct Drawn: Codable, Sendable {
        let createdAt: WallTime
    }

    struct Output: Codable, Sendable {
        let tenantID: String
        let status: String

        enum CodingKeys: String, CodingKey {
            case tenantID = "tenant_id", status
        }
    }

    init(_ environment: OnboardingEnvironment) { self.environment = environment }

    func draw(_ job: OnboardingFacts, _ chance: Chance) -> Draw<Drawn> {
        Draw(Drawn(createdAt: chance.now))
    }

    func run(_ attempt: OnboardingAttempt, _ drawn: Drawn) async throws -> StepResult {
        let job = attempt.job
        if let other = try await environment.tenants.liveTenant(job.input.tenantID.text), other.jobID != job.id.text {
            throw StepError(
                code: TenantExistenceCheck.code, message: "tenant \(other.tenantID) exists: choose another id", retry: .never)
        }
        let profile = try Self.profile(job, drawn)
        do {
            try await environment.warehouse.insert(profile, until: attempt.deadline)
        } catch where error.code == .duplicate {
            throw StepError(code: TenantExistenceCheck.code, message: error.message, retry: .never)
        } catch {
            throw StepError(error)
        }
        return try StepResult(
            output: Output(tenantID: job.input.tenantID.text, status: TenantStatus.provisioning.rawValue),
            effects: [TenantStore.reserve(Self.tenant(job, drawn))])
    }

    func undo(_ attempt: OnboardingAttempt, _ drawn: Drawn) async throws -> [Advance.Effect] {
        let profile = try Self.profile(attempt.job, drawn)
        try await environment.ask { warehouse throws(WarehouseError) in
            guard try await warehouse.delete(profile, until: attempt.deadline) == .anothers else { return }
            // Of this identity, and other values: an activation changed it that could not be taken back.
            let found = try await warehouse.rows(in: profile.table, of: profile.tenantID, until: attempt.deadline)
            guard let own = found.first(where: { $0.identity == profile.identity }) else { return }
            _ = try await warehouse.delete(own, until: attempt.deadline)
        }
        return [TenantStore.release(attempt.job.input.tenantID, of: attempt.job.id)]
    }

    /// The row as this step writes it.
    static func profile(_ job: OnboardingFacts, _ drawn: Drawn) throws -> CentralRow {
        let input = job.input
        return try row(CentralSchema.profiles, [
            "tenant_id": .string(input.tenantID.text),
            "company_name": .string(input.companyName),
            "admin_email": .string(input.adminEmail.text),
            "tenant_dataset_id": .string(input.tenantID.text),
            "status": .string(TenantStatus.provisioning.rawValue),
            "subscription_plan": .string(input.plan.name),
            "created_at": .timestamp(drawn.createdAt),
            "updated_at": .timestamp(drawn.createdAt),
        ])
    }

    private static func tenant(_ job: OnboardingFacts, _ drawn: Drawn) -> Tenant {
        let input = job.input
        return Tenant(
            seq: 0, tenantID: input.tenantID.text, companyName: input.companyName, adminEmail: input.adminEmail.text,
            status: .provisioning, plan: input.plan,
            trialEndDate: input.plan.trialEnd(from: drawn.createdAt)?.description, dataset: input.tenantID.text,
            jobID: job.id.text, submitter: job.submitter, createdAt: drawn.createdAt, activatedAt: nil,
            updatedAt: drawn.createdAt)
    }
}

/// A row of ours that does not fit its table is a fault of this program: trying again can't help.
func row(_ table: CentralTable, _ values: [String: WarehouseValue]) throws(StepError) -> CentralRow {
    do {
        return try CentralRow(table, values)
    } catch {
        throw StepError(error)
    }
}

extension Plan {
    /// The day (UTC) on which a trial that begins at `time` ends; nil where the plan is none.
    func trialEnd(from time: WallTime) -> UTCDate? {
        trialDays.map { UTCDate(time + .seconds(86_400 * $0)) }
    }
}
