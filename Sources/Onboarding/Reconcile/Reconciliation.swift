// SPDX-License-Identifier: Apache-2.0
import JobQueue
import Time
import Warehouse
import Workflow

/// Compares the store, which is the authority, with the warehouse. It changes nothing but what it is told to.
public struct Reconciliation: Sendable {
    public enum Action: Sendable {
        /// Take over the warehouse, and profiles with their key hashes that only the warehouse has.
        case adopt
        /// Clear what is proven to be left of onboardings that ended failed or cancelled.
        case fix
    }

    let tenants: TenantStore
    let jobs: JobStore
    let warehouse: any Warehouse
    let workflow: Workflow<OnboardInput>
    let plans: PlanCatalog
    let time: TimeSource

    /// - Parameter plans: for adopted profiles whose subscription the warehouse does not have.
    public init(
        tenants: TenantStore, warehouse: any Warehouse, workflow: Workflow<OnboardInput>, plans: PlanCatalog,
        time: TimeSource
    ) {
        self.tenants = tenants
        jobs = tenants.jobs
        self.warehouse = warehouse
        self.workflow = workflow
        self.plans = plans
        self.time = time
    }

    /// How long one call to the warehouse, or the undo of one job, may take.
    private static let callTimeout = Duration.seconds(60)
    static let pageSize = 500

    /// In a warehouse that belongs to another store nothing is changed, unless it is adopted too.
    /// - Throws: `WarehouseError`, or an error of the store: what was done before it stays done.
    public func run(_ actions: Set<Action> = []) async throws -> ReconciliationReport {
        var report = ReconciliationReport(
            instance: .init(store: jobs.identity.instanceID, warehouse: try await warehouse.instance(until: deadline)))
        guard report.instance.warehouse != nil else { return report }
        if !report.instance.matches, actions.contains(.adopt) {
            try await warehouse.adopt(instance: report.instance.store, until: deadline)
            report.instance.adopted = true
        }
        let actions = report.instance.matches ? actions : []
        try await compareJobs(&report, actions)
        let profiles = try await compareProfiles(&report, actions)
        let datasets = try await compareDatasets(&report, actions, besides: profiles)
        try await compareTenants(&report, with: datasets)
        try await compareLateRows(&report, actions)
        return report
    }

    var deadline: BootTime { time.boot() + Self.callTimeout }
}

extension Reconciliation {
    /// Jobs that ended with leftovers, and tenants that nobody makes any more.
    private func compareJobs(_ report: inout ReconciliationReport, _ actions: Set<Action>) async throws {
        var last: Int64 = 0
        while case let page = try await jobs.jobsWithLeftovers(after: last, limit: Self.pageSize), let end = page.last {
            for job in page {
                var finding = ReconciliationReport.Leftovers(jobID: job.id.text, tenantID: job.subject)
                if actions.contains(.fix) { (finding.cleared, finding.problem) = try await clear(job.id) }
                report.leftovers.append(finding)
            }
            last = end.seq
        }
        for tenant in try await tenants.provisioningWithoutJob(limit: Self.pageSize) {
            var finding = ReconciliationReport.TenantFinding(tenant)
            if actions.contains(.fix), let id = tenant.jobID.flatMap(JobID.init(_:)) {
                finding.cleared = try await clear(id).cleared
            }
            report.provisioningWithoutJob.append(finding)
        }
    }

    /// - Returns: the keys of all ids that have a live profile, and keep it.
    private func compareProfiles(
        _ report: inout ReconciliationReport, _ actions: Set<Action>
    ) async throws -> Set<String> {
        var keys: Set<String> = [], last: String?
        while case let page = try await warehouse.profiles(after: last, limit: Self.pageSize, until: deadline),
            let end = page.last {
            let live = Dictionary(grouping: page.filter(\.isLive)) { TenantID.key(of: $0.tenantID) }.sorted { $0.key < $1.key }
            let standings = try await tenants.standings(of: live.map(\.key))
            for (profiles, standing) in zip(live, standings) {
                guard standing == .unknown else {
                    keys.insert(profiles.key)
                    continue
                }
                let finding = try await finding(on: profiles.value, actions)
                report.profilesOnlyInWarehouse.append(finding)
                if !finding.cleared { keys.insert(profiles.key) }
            }
            last = end.tenantID
        }
        return keys
    }

    private func finding(
        on profiles: [CentralRow], _ actions: Set<Action>
    ) async throws -> ReconciliationReport.Profile {
        let candidate = try await Adoption(profiles, warehouse: warehouse, plans: plans, until: deadline)
        var finding = candidate.finding
        if actions.contains(.fix), try await clearEndedJobs(on: candidate.tenantID) {
            let traces = try await warehouse.traces(of: candidate.tenantID, until: deadline)
            finding.cleared = traces.profile == nil
        }
        if actions.contains(.adopt), !finding.cleared, let tenant = candidate.tenant {
            finding.adopted = try await tenants.adopt(tenant, candidate.keys)
        }
        return finding
    }

    /// - Returns: the keys of all ids that have a dataset.
    private func compareDatasets(
        _ report: inout ReconciliationReport, _ actions: Set<Action>, besides profiles: Set<String>
    ) async throws -> Set<String> {
        var keys: Set<String> = [], last: String?
        while case let page = try await warehouse.datasets(after: last, limit: Self.pageSize, until: deadline),
            let end = page.last {
            keys.formUnion(page.map { TenantID.key(of: $0.id) })
            let others = page.filter { !profiles.contains(TenantID.key(of: $0.id)) }
            let standings = try await tenants.standings(of: others.map { TenantID.key(of: $0.id) })
            for (dataset, standing) in zip(others, standings) where standing == .unknown {
                report.datasetsWithoutTenant.append(try await finding(on: dataset, actions))
            }
            last = end.id
        }
        return keys
    }

    private func finding(
        on dataset: DatasetStatus, _ actions: Set<Action>
    ) async throws -> ReconciliationReport.Dataset {
        guard case .owned(let claim) = dataset else {
            return .init(dataset: dataset.id, jobID: nil, problem: "nothing says whose it is: remove it by hand if nobody needs it")
        }
        var finding = ReconciliationReport.Dataset(dataset: claim.tenantID, jobID: claim.jobID)
        guard actions.contains(.fix) else { return finding }
        guard let id = JobID(claim.jobID) else {
            finding.problem = "its mark names no job of ours"
            return finding
        }
        (finding.cleared, finding.problem) = try await clear(id, dropping: claim)
        return finding
    }

    private func compareTenants(_ report: inout ReconciliationReport, with datasets: Set<String>) async throws {
        var filter = TenantFilter()
        while case let page = try await tenants.tenants(filter, limit: Self.pageSize), let end = page.last {
            report.tenantsWithoutDataset += page
                .filter { [.active, .suspended].contains($0.status) && !datasets.contains(TenantID.key(of: $0.dataset)) }
                .map(ReconciliationReport.TenantFinding.init)
            filter.before = end.seq
        }
    }
}

extension ReconciliationReport.TenantFinding {
    init(_ tenant: Tenant) {
        self.init(tenantID: tenant.tenantID, status: tenant.status, jobID: tenant.jobID)
    }
}

extension CentralRow {
    /// Of a profile: its tenant has not left.
    var isLive: Bool { self["status"] != .string(TenantStatus.deleted.rawValue) }
}
