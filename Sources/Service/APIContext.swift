// SPDX-License-Identifier: Apache-2.0
import Cryptography
import JobQueue
import Logging
import Onboarding
import Time
import Warehouse
import Workflow

/// All that the API stands on, made by whoever puts the daemon together.
public struct APIContext: Sendable {
    public let store: JobStore
    /// What is shown of each kind of job; a kind that has none is not registered.
    public let outlines: [String: WorkflowOutline]
    public let tenants: TenantStore
    /// The plans as of now: they can be reloaded.
    public let plans: @Sendable () -> PlanCatalog
    public let dryRun: DryRun
    public let warehouse: any Warehouse
    /// They know the warehouse by the name of its kind.
    public let breakers: BreakerBoard
    /// Opens what jobs sealed for their submitters.
    public let key: SymmetricKey
    public let time: TimeSource
    public let log: Logger
    /// The limits as of now: they can be reloaded.
    public let limits: @Sendable () -> APILimits
    /// From the signal to stop on.
    public let isStopping: @Sendable () -> Bool
    /// Why no worker answers; nil where one does. It answers within a second.
    public let workerTrouble: @Sendable () async -> String?

    public init(
        store: JobStore, outlines: [WorkflowOutline], tenants: TenantStore, plans: @escaping @Sendable () -> PlanCatalog,
        dryRun: DryRun, warehouse: any Warehouse, breakers: BreakerBoard, key: SymmetricKey,
        time: TimeSource, log: Logger, limits: @escaping @Sendable () -> APILimits,
        isStopping: @escaping @Sendable () -> Bool, workerTrouble: @escaping @Sendable () async -> String?
    ) {
        self.store = store
        self.outlines = Dictionary(outlines.map { ($0.kind, $0) }) { _, last in last }
        self.tenants = tenants
        self.plans = plans
        self.dryRun = dryRun
        self.warehouse = warehouse
        self.breakers = breakers
        self.key = key
        self.time = time
        self.log = log
        self.limits = limits
        self.isStopping = isStopping
        self.workerTrouble = workerTrouble
    }
}

/// The API's bounds.
public struct APILimits: Sendable, Equatable {
    /// The largest body of a request.
    public var bodyBytes: Int
    /// Dry-runs at one time.
    public var dryRuns: Int
    /// Requests that may wait for a job at one time; one more is answered at once.
    public var waiters: Int
    /// How long an onboarding without `Prefer` waits for its end.
    public var defaultWait: Duration
    /// Names by which the server may be called besides the loopback ones, in lower case.
    public var hosts: [String]

    public init(bodyBytes: Int = 65_536, dryRuns: Int = 32, waiters: Int = 10_000, defaultWait: Duration = .zero, hosts: [String] = []) {
        self.bodyBytes = bodyBytes
        self.dryRuns = dryRuns
        self.waiters = waiters
        self.defaultWait = defaultWait
        self.hosts = hosts.map { $0.lowercased() }
    }
}
