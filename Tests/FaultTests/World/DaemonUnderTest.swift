// SPDX-License-Identifier: Apache-2.0
import JSON
import JobQueue
import Logging
import Onboarding
import Testing
import Time
import Workflow

/// All of a daemon but its sockets: store, dispatcher, workers and the real onboarding, over a warehouse with faults.
struct DaemonUnderTest: Sendable {
    let site: Site
    let policy: StepPolicy
    let store: JobStore
    let tenants: TenantStore
    let warehouse: FaultyWarehouse
    let breakers: BreakerBoard
    let workflow: Workflow<OnboardInput>
    let dispatcher: Dispatcher
    let plans: PlanCatalog
    let time: TimeSource

    init(at site: Site, policy: StepPolicy, breaker: BreakerState.Policy) async throws {
        let time = site.clock.source
        let store = try await JobStore.open(path: site.jobs, bootID: "boot-1", limits: .init(), readers: 1, time: time, random: .system)
        let warehouse = FaultyWarehouse(site.warehouse, time: time)
        let tenants = TenantStore(store)
        let plans = try PlanCatalog.builtIn()
        let dryRun = DryRun(
            tenants: tenants, warehouse: warehouse, plans: { plans }, pipeline: PipelineConfig.builtIn, time: time)
        let workflow = try OnboardingWorkflow.make(
            OnboardingEnvironment(
                warehouse: warehouse, tenants: tenants, dryRun: dryRun, key: site.key, policies: OnboardingPolicies(policy),
                time: time))
        let pool = WorkerPool(count: 2)
        let log = Logger(LogOutput(.text(descriptor: 2), level: .error, time: time))
        let breakers = BreakerBoard(policy: breaker, time: time)
        let engine = try WorkflowEngine(
            store: store, breakers: breakers, executor: pool, time: time, random: .system, log: log)
        let dispatcher = Dispatcher(
            store: store, handlers: [WorkflowHandler(workflow, engine: engine)], limits: .init(inFlight: 64), executor: pool,
            time: time, log: log)
        try await dispatcher.start()
        self.site = site
        self.policy = policy
        self.store = store
        self.tenants = tenants
        self.warehouse = warehouse
        self.breakers = breakers
        self.workflow = workflow
        self.dispatcher = dispatcher
        self.plans = plans
        self.time = time
    }

    /// Kills this daemon where it stands, and starts the next one.
    func crashed() async throws -> DaemonUnderTest {
        warehouse.die()
        return try await site.start(policy)
    }
}

extension DaemonUnderTest {
    @discardableResult
    func submit(_ tenantID: String = Self.tenant) async throws -> JobID {
        let body = """
            {"tenant_id": "\(tenantID)", "company_name": "Acme Corporation", "admin_email": "admin@acme.com",
            "subscription_plan": "PROFESSIONAL"}
            """
        guard case .object(let object) = try JSONScanner.scan(Array(body.utf8)) else { throw NoObject() }
        let request = try OnboardRequest(object, plans: plans)
        return try await store.submit(
            request.job(submitter: "tester", outline: workflow.outline), admission: tenants.admission(of: request.tenantID)).id
    }

    static let tenant = "acme_corp"

    private struct NoObject: Error {}

    @discardableResult
    func retry(_ id: JobID) async throws -> Receipt {
        try await store.retry(id, alwaysAgain: workflow.alwaysAgain, admission: tenants.retryAdmission())
    }

    func reconcile(_ actions: Set<Reconciliation.Action> = []) async throws -> ReconciliationReport {
        try await Reconciliation(tenants: tenants, warehouse: warehouse, workflow: workflow, plans: plans, time: time).run(actions)
    }

    /// The job, as soon as it is as awaited.
    func job(_ id: JobID, when isAwaited: (JobSnapshot) -> Bool) async throws -> JobSnapshot {
        let seq = try #require(try await store.snapshot(of: id)).job.seq
        let watch = store.changes.watch(seq)
        defer { store.changes.end(watch) }
        let deadline = TimeSource.system.boot() + .seconds(30)
        while true {
            let snapshot = try #require(try await store.snapshot(of: id))
            if isAwaited(snapshot) { return snapshot }
            guard TimeSource.system.boot() < deadline else { throw NeverCame(found: snapshot.failures, snapshot.steps.map { "\($0.name) \($0.state) \($0.output ?? "")" }) }
            await watch.changed(before: time.boot() + .seconds(30))
        }
    }

    struct NeverCame: Error {
        let failures: [FailureRecord]
        let steps: [String]

        init(found failures: [FailureRecord], _ steps: [String]) {
            self.failures = failures
            self.steps = steps
        }
    }

    /// The job at its end.
    func end(of id: JobID) async throws -> JobSnapshot {
        try await job(id) { $0.job.state.isEnded }
    }
}

extension JobSnapshot {
    func step(_ name: String) -> StepRecord { steps.first { $0.name == name } ?? StepRecord(name: name) }
}
