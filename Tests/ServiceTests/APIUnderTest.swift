// SPDX-License-Identifier: Apache-2.0
import Cryptography
import Dispatch
import EmbeddedWarehouse
import HTTPServer
import JobQueue
import Logging
import Migrations
import Onboarding
import SQLite
import Service
import Synchronization
import TestSupport
import Time
import Warehouse
import Workflow

/// The API on a socket, over a real job store and the embedded warehouse in a folder of their own. Workers run only where
/// a test asks for them; without, it plays the worker itself (`APIUnderTest+Worker`).
final class APIUnderTest: Sendable {
    /// What a test changes while the API runs.
    struct Switches: Sendable {
        var limits = APILimits()
        var isStopping = false
        var workerTrouble: String?
    }

    let folder: TemporaryFolder
    let store: JobStore
    let warehouse: EmbeddedWarehouse
    let breakers: BreakerBoard
    let key = SymmetricKey(random: .system)
    let client: APIClient
    let api: API
    private let switches = SharedSwitches()
    private let server: HTTPServer
    private let dispatcher: Dispatcher?

    init(
        workers: Bool = false, limits: APILimits = APILimits(), store storeLimits: JobStore.Limits = .init()
    ) async throws {
        let time = TimeSource.system
        folder = try TemporaryFolder()
        let path = folder.file("jobs.sqlite")
        _ = try Migrator().migrate(Connection(path: path, mode: .create))
        store = try await JobStore.open(
            path: path, bootID: "boot-1", limits: storeLimits, time: time, random: .system)
        warehouse = try await EmbeddedWarehouse.open(folder: folder.file("warehouse"), fileQueues: 4)
        _ = try await warehouse.bootstrap(instance: store.identity.instanceID, until: time.boot() + .seconds(30))
        breakers = BreakerBoard(policy: .init(), time: time)
        let log = Logger(LogOutput(.text(descriptor: 2), level: .error, time: time))
        let plans = try PlanCatalog.builtIn()
        let tenants = TenantStore(store)
        let pipeline = try PipelineConfig.builtIn()
        let dryRun = DryRun(tenants: tenants, warehouse: warehouse, plans: { plans }, pipeline: { pipeline }, time: time)
        let workflow = try OnboardingWorkflow.make(
            OnboardingEnvironment(
                warehouse: warehouse, tenants: tenants, dryRun: dryRun, key: key, policies: .init(), time: time))
        switches.value.withLock { $0.limits = limits }
        let context = APIContext(
            store: store, outlines: [workflow.outline], tenants: tenants, plans: { plans }, dryRun: dryRun, warehouse: warehouse,
            breakers: breakers, key: key, time: time, log: log,
            limits: { [switches] in switches.value.withLock { $0.limits } },
            isStopping: { [switches] in switches.value.withLock { $0.isStopping } },
            workerTrouble: { [switches] in switches.value.withLock { $0.workerTrouble } })
        dispatcher = workers ? try await Self.work(workflow, store, breakers, time, log) : nil
        api = API(context)
        server = HTTPServer(listening: try ListeningSocket("127.0.0.1:0"), service: api)
        try server.start()
        client = APIClient(port: UInt16(server.listening.url.split(separator: ":").last ?? "") ?? 0)
    }

    private static func work(
        _ workflow: Workflow<OnboardInput>, _ store: JobStore, _ breakers: BreakerBoard, _ time: TimeSource, _ log: Logger
    ) async throws -> Dispatcher {
        let pool = WorkerPool(count: 2)
        let engine = try WorkflowEngine(
            store: store, breakers: breakers, executor: pool, time: time, random: .system, log: log)
        let dispatcher = Dispatcher(
            store: store, handlers: [WorkflowHandler(workflow, engine: engine)], limits: .init(inFlight: 16), executor: pool,
            time: time, log: log)
        try await dispatcher.start()
        return dispatcher
    }

    func change(_ body: (inout Switches) -> Void) { switches.value.withLock { body(&$0) } }

    /// As the daemon does when it is told to stop.
    func stop() async throws {
        change { $0.isStopping = true }
        await dispatcher?.stop(within: .seconds(5))
        store.changes.close()
        await server.stop()
        try await store.close()
        try await warehouse.close()
    }

    static func body(_ tenantID: String = "acme_corp", _ more: String = "") -> String {
        """
        {"tenant_id":"\(tenantID)","company_name":"Acme Corporation","admin_email":"admin@acme.com",\
        "subscription_plan":"PROFESSIONAL"\(more)}
        """
    }

    /// Submits an onboarding, and answers its job's id.
    func submit(_ tenantID: String = "acme_corp", _ more: String = "") async throws -> String {
        let answer = try await client.post("/api/v1/tenants/onboard", Self.body(tenantID, more))
        guard answer.status == 202, let id = try answer.json()["job_id"] as? String else {
            throw APIClient.Failure(reason: "\(answer.status): \(String(decoding: answer.body, as: UTF8.self))")
        }
        return id
    }
}

private final class SharedSwitches: Sendable {
    let value = Mutex(APIUnderTest.Switches())
}

/// Runs `body` on an API of its own, and stops it.
func withAPI<R>(
    workers: Bool = false, limits: APILimits = APILimits(), store: JobStore.Limits = .init(), _ body: (APIUnderTest) async throws -> R
) async throws -> R {
    let api = try await APIUnderTest(workers: workers, limits: limits, store: store)
    do {
        let result = try await body(api)
        try await api.stop()
        return result
    } catch {
        try await api.stop()
        throw error
    }
}

extension APIUnderTest {
    /// The API's answer as the server gets it, to tell it what came of it.
    func response(to request: HTTPRequest) async -> HTTPResponse {
        switch api.respond(to: request) {
        case .now(let response): response
        case .later(let work): await work()
        case .stream(let response, _): response
        }
    }
}
