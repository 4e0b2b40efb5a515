// SPDX-License-Identifier: Apache-2.0
import Cryptography
import EmbeddedWarehouse
import JSON
import JobQueue
import Migrations
import SQLite
import TestSupport
import Time
import Warehouse
import Workflow
import YAML

@testable import Onboarding

/// A job store and an embedded warehouse in a folder of their own, and the onboarding over both. No worker runs: a test plays
/// it (`Site+Worker`).
struct Site: Sendable {
    let folder: TemporaryFolder
    let clock: TestClock
    let store: JobStore
    let tenants: TenantStore
    let warehouse: EmbeddedWarehouse
    let plans: PlanCatalog
    let key: SymmetricKey
    let workflow: Workflow<OnboardInput>

    private init(instance: String?) async throws {
        folder = try TemporaryFolder()
        clock = TestClock()
        let time = clock.source
        let path = folder.file("jobs.sqlite")
        _ = try Migrator().migrate(Connection(path: path, mode: .create))
        store = try await JobStore.open(path: path, bootID: "boot-1", limits: .init(), time: time, random: .system)
        tenants = TenantStore(store)
        warehouse = try await EmbeddedWarehouse.open(folder: folder.file("warehouse"), fileQueues: 2, time: time)
        let owner = instance ?? store.identity.instanceID
        if !owner.isEmpty { _ = try await warehouse.bootstrap(instance: owner, until: clock.boot + .seconds(30)) }
        plans = try PlanCatalog.builtIn()
        key = SymmetricKey(random: .system)
        let plans = plans
        let dryRun = DryRun(
            tenants: tenants, warehouse: warehouse, plans: { plans }, pipeline: PipelineConfig.builtIn, time: time)
        workflow = try OnboardingWorkflow.make(
            OnboardingEnvironment(
                warehouse: warehouse, tenants: tenants, dryRun: dryRun, key: key, policies: .init(), time: time))
    }

    /// - Parameter instance: whom the warehouse belongs to; nil: this store; empty: it is not bootstrapped.
    static func with(instance: String? = nil, _ body: (Site) async throws -> Void) async throws {
        let site = try await Site(instance: instance)
        let outcome: Result<Void, any Error>
        do {
            try await body(site)
            outcome = .success(())
        } catch {
            outcome = .failure(error)
        }
        try await site.store.close()
        try await site.warehouse.close()
        try outcome.get()
    }

    /// By when the warehouse has to answer.
    var soon: BootTime { clock.boot + .seconds(30) }

    func dryRun(pipeline: @escaping @Sendable () throws(YAMLError) -> PipelineConfig = PipelineConfig.builtIn) -> DryRun {
        DryRun(tenants: tenants, warehouse: warehouse, plans: { [plans] in plans }, pipeline: pipeline, time: clock.source)
    }

    func reconcile(_ actions: Set<Reconciliation.Action> = []) async throws -> ReconciliationReport {
        try await Reconciliation(tenants: tenants, warehouse: warehouse, workflow: workflow, plans: plans, time: clock.source)
            .run(actions)
    }
}
