// SPDX-License-Identifier: Apache-2.0
import Cryptography
import EmbeddedWarehouse
import JobQueue
import Logging
import Migrations
import Onboarding
import SQLite
import Service
import Time
import Warehouse
import Workflow
import YAML

/// All that lies in a state directory, opened and held by this process: the store, the key, the warehouse, and the
/// onboarding that stands on them.
public final class Installation: Sendable {
    public let state: StateDirectory
    public let store: JobStore
    public let tenants: TenantStore
    public let warehouse: EmbeddedWarehouse
    public let key: SymmetricKey
    public let dryRun: DryRun
    public let workflow: Workflow<OnboardInput>
    public let migrations: [Migrator.Applied]
    let time: TimeSource
    private let lock: StateLock
    private let currentPlans: Current<PlanCatalog>

    /// How long the warehouse may take at a start or for a command.
    private static let patience = Duration.seconds(60)

    /// Takes the lock, brings the schema up to date, and opens everything.
    /// - Throws: `DaemonError`, `MigrationError`, `KeyFileError`, `YAMLError`, `SQLiteError`, `WarehouseError`: each tells a
    ///   person what to do.
    public static func open(_ configuration: Configuration, time: TimeSource) async throws -> Installation {
        let state = try StateDirectory(making: configuration.state.directory)
        let lock = try StateLock(state)
        let migrations = try migrate(state)
        let store = try await JobStore.open(
            path: state.jobs, bootID: try currentBootID(), limits: configuration.storeLimits, time: time, random: .system)
        let key = try await openKey(KeyFile(path: configuration.keys.file), of: store)
        let warehouse = try await EmbeddedWarehouse.open(
            folder: state.warehouse, fileQueues: configuration.workers.fileQueues, time: time)
        return try Installation(
            configuration, state: state, lock: lock, store: store, warehouse: warehouse, key: key, migrations: migrations, time: time)
    }

    /// Brings the store's schema up to this program.
    public static func migrate(_ state: StateDirectory) throws -> [Migrator.Applied] {
        do {
            return try Migrator().migrate(Connection(path: state.jobs, mode: .create))
        } catch let error as SQLiteError {
            throw DaemonError.store(path: state.jobs, reason: error.message)
        }
    }

    private init(
        _ configuration: Configuration, state: StateDirectory, lock: StateLock, store: JobStore, warehouse: EmbeddedWarehouse,
        key: SymmetricKey, migrations: [Migrator.Applied], time: TimeSource
    ) throws {
        let files = ConfigurationFiles(configuration)
        let plans = Current(try files.plans())
        tenants = TenantStore(store)
        dryRun = DryRun(
            tenants: tenants, warehouse: warehouse, plans: { plans.value },
            pipeline: { () throws(YAMLError) in try files.pipeline() }, time: time)
        workflow = try OnboardingWorkflow.make(
            OnboardingEnvironment(
                warehouse: warehouse, tenants: tenants, dryRun: dryRun, key: key, policies: try files.policies(), time: time))
        currentPlans = plans
        self.state = state
        self.lock = lock
        self.store = store
        self.warehouse = warehouse
        self.key = key
        self.migrations = migrations
        self.time = time
    }

    public var plans: PlanCatalog {
        get { currentPlans.value }
        set { currentPlans.value = newValue }
    }

    /// Makes what is missing of the central tables.
    /// - Throws: `DaemonError.foreignWarehouse` where the warehouse carries another store's id.
    public func bootstrap() async throws -> BootstrapReport {
        do {
            return try await warehouse.bootstrap(instance: store.identity.instanceID, until: time.boot() + Self.patience)
        } catch {
            guard error.code == .foreignInstance else { throw error }
            let found = try await warehouse.instance(until: time.boot() + Self.patience)
            throw DaemonError.foreignWarehouse(found: found ?? "unknown")
        }
    }

    public func reconciliation() -> Reconciliation {
        Reconciliation(tenants: tenants, warehouse: warehouse, workflow: workflow, plans: plans, time: time)
    }

    public func close() async throws {
        try await store.close()
        try await warehouse.close()
    }

    /// The key that seals this store's secrets: made at the first start of an empty store, needed at every later one.
    private static func openKey(_ file: KeyFile, of store: JobStore) async throws -> SymmetricKey {
        let expected = try await store.keyFingerprint()
        let key: SymmetricKey
        do {
            key = try file.load()
        } catch {
            guard error.code == .missing else { throw error }
            guard expected == nil else { throw DaemonError.keyMissing(path: file.path) }
            key = try file.create(random: .system)
        }
        let bound = try await store.bindKey(fingerprint: key.fingerprint)
        guard bound == key.fingerprint else {
            throw DaemonError.keyForeign(path: file.path, found: key.fingerprint, expected: bound)
        }
        return key
    }
}
