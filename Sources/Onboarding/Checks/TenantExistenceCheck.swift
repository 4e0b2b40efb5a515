// SPDX-License-Identifier: Apache-2.0
import JSON
import Warehouse

/// Whether the id is free: no live tenant in the store, which is the authority, and no trace in the warehouse, where the
/// seed system may have left a profile, or a dataset that belongs to no profile. Compared without regard to case.
struct TenantExistenceCheck: Check {
    let name = "tenant_existence"

    static let code = "tenant_exists"

    func run(_ subject: CheckSubject) async throws -> CheckFinding {
        guard let id = try? TenantID(subject.request.tenantID) else {
            return .skipped("not looked for: no tenant can have this id, see tenant_id_format")
        }
        if let tenant = try await subject.environment.tenants.liveTenant(id.text), tenant.jobID != subject.job?.id {
            return found("tenant", "tenant \(tenant.tenantID) exists (\(tenant.status.rawValue)): choose another id", [
                "tenant_id": .string(tenant.tenantID), "status": .string(tenant.status.rawValue),
            ])
        }
        let traces = try await subject.environment.warehouse.traces(of: id.text, until: subject.deadline)
        if let profile = traces.profile, !isOwn(profile, subject.job) { return foundProfile(profile) }
        return findingOfDataset(traces.dataset, subject.job) ?? .passed("the tenant id is free")
    }

    private func foundProfile(_ profile: CentralRow) -> CheckFinding {
        found(
            "profile",
            "the warehouse has a profile of \(profile.tenantID) that the store does not know: 'onboardd reconcile --adopt' takes it over",
            ["tenant_id": .string(profile.tenantID)])
    }

    private func findingOfDataset(_ dataset: DatasetStatus, _ job: AskingJob?) -> CheckFinding? {
        switch dataset {
        case .absent: return nil
        case .owned(let claim):
            guard claim.jobID != job?.id else { return nil }
            return foundDataset(claim.tenantID, "it was made by \(claim.jobID)", ["owner_job_id": .string(claim.jobID)])
        case .foreign(let id, let reason):
            return foundDataset(id, reason, [:])
        }
    }

    private func foundDataset(_ id: String, _ whose: String, _ details: [String: JSONValue]) -> CheckFinding {
        found(
            "orphan_dataset",
            "a dataset \(id) is there that belongs to no tenant (\(whose)): remove it, or see 'onboardd reconcile'",
            details.merging(["dataset": .string(id), "reason": .string(whose)]) { own, _ in own })
    }

    private func found(_ what: String, _ message: String, _ details: [String: JSONValue]) -> CheckFinding {
        .failed(Self.code, message, details.merging(["found": .string(what)]) { own, _ in own })
    }

    private func isOwn(_ profile: CentralRow, _ job: AskingJob?) -> Bool {
        guard let time = job?.profileCreatedAt else { return false }
        return profile["created_at"] == .timestamp(time)
    }
}
