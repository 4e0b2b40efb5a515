// SPDX-License-Identifier: Apache-2.0
import Time
import Warehouse

/// A profile that only the warehouse has, read as the tenant that the store would have of it.
struct Adoption: Sendable {
    let tenantID: String
    let finding: ReconciliationReport.Profile
    /// nil where it can't be adopted; `finding` says why.
    let tenant: Tenant?
    let keys: [TenantKey]

    /// - Parameter profiles: all live ones of one id.
    init(
        _ profiles: [CentralRow], warehouse: any Warehouse, plans: PlanCatalog, until deadline: BootTime
    ) async throws(WarehouseError) {
        let profile = profiles[0]
        let id = profile.tenantID
        let keyRows = try await warehouse.rows(in: CentralSchema.apiKeys, of: id, until: deadline)
        let subscriptions = try await warehouse.rows(in: CentralSchema.subscriptions, of: id, until: deadline)
        let reading = Result<Tenant, Problem> { () throws(Problem) in
            guard profiles.count == 1 else { throw Problem("there are \(profiles.count) profiles of this id: keep one of them") }
            return try Self.tenant(profile, subscriptions, plans)
        }
        let activeKeys = keyRows.count { $0["is_active"] == .bool(true) }
        var finding = ReconciliationReport.Profile(
            tenantID: id, status: profile["status"].text ?? "", activeKeys: activeKeys)
        switch reading {
        case .success(let read): tenant = read
        case .failure(let problem):
            tenant = nil
            finding.problem = problem.message
        }
        self.finding = finding
        tenantID = id
        keys = keyRows.compactMap { Self.key($0, of: id) }
    }

    private struct Problem: Error {
        let message: String
        init(_ message: String) { self.message = message }
    }

    private static func tenant(
        _ profile: CentralRow, _ subscriptions: [CentralRow], _ plans: PlanCatalog
    ) throws(Problem) -> Tenant {
        guard let status = profile["status"].text.flatMap(TenantStatus.init(rawValue:)), status != .provisioning else {
            throw Problem("its status is neither ACTIVE nor SUSPENDED: its onboarding never came to its end")
        }
        let live = subscriptions
            .filter { ["ACTIVE", "TRIAL"].contains($0["status"].text) }
            .max { ($0["created_at"].time ?? .earliest) < ($1["created_at"].time ?? .earliest) }
        let createdAt = profile["created_at"].time ?? .earliest
        let trialEnd: String? = if case .date(let day)? = live?["trial_end_date"] { day.description } else { nil }
        return Tenant(
            seq: 0, tenantID: profile.tenantID, companyName: profile["company_name"].text ?? "",
            adminEmail: profile["admin_email"].text ?? "", status: status,
            plan: try plan(live, profile["subscription_plan"].text, plans), trialEndDate: trialEnd,
            dataset: profile["tenant_dataset_id"].text ?? profile.tenantID, jobID: nil, submitter: nil,
            createdAt: createdAt, activatedAt: createdAt, updatedAt: profile["updated_at"].time ?? createdAt)
    }

    /// The limits as the subscription has them; without one, those that its plan has today.
    private static func plan(
        _ subscription: CentralRow?, _ name: String?, _ plans: PlanCatalog
    ) throws(Problem) -> Plan {
        if let subscription, let name = subscription["plan_name"].text,
            let daily = subscription["daily_limit"].limit, let monthly = subscription["monthly_limit"].limit,
            let concurrent = subscription["concurrent_limit"].limit {
            return Plan(name: name, dailyLimit: daily, monthlyLimit: monthly, concurrentLimit: concurrent)
        }
        do {
            return try plans.plan(named: name ?? PlanCatalog.defaultPlan)
        } catch {
            throw Problem("it has no usable subscription, and its plan is not in \(PlanCatalog.fileName): add one of them")
        }
    }

    /// nil for what is no SHA-256: no key could ever be found by it.
    private static func key(_ row: CentralRow, of tenantID: String) -> TenantKey? {
        guard let id = row["api_key_id"].text, let hash = row["api_key_hash"].text?.lowercased(), hash.utf8.count == 64 else {
            return nil
        }
        return TenantKey(
            keyID: id, tenantKey: TenantID.key(of: tenantID), hash: hash, isActive: row["is_active"] == .bool(true),
            createdAt: row["created_at"].time ?? .earliest, expiresAt: row["expires_at"].time)
    }
}

extension WarehouseValue {
    fileprivate var text: String? {
        if case .string(let text) = self { text } else { nil }
    }

    fileprivate var time: WallTime? {
        if case .timestamp(let microseconds) = self { WallTime(milliseconds: microseconds / 1_000) } else { nil }
    }

    fileprivate var limit: Int? {
        if case .integer(let number) = self, number > 0 { Int(exactly: number) } else { nil }
    }
}
