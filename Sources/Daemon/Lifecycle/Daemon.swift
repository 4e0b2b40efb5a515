// SPDX-License-Identifier: Apache-2.0
import Glibc
import HTTPServer
import JobQueue
import Logging
import Onboarding
import Service
import Time
import Workflow

/// The daemon from its start to its end: everything below, put together once.
public final class Daemon: Sendable {
    private let installation: Installation
    private let current: Current<Configuration>
    private let reread: @Sendable () throws -> Configuration
    private let manager: ServiceManager
    private let time: TimeSource
    private let log: Logger
    private let output: LogOutput
    private let pool: WorkerPool
    private let dispatcher: Dispatcher
    private let housekeeping: Housekeeping
    private let servers: [HTTPServer]
    private let control: HTTPServer
    private let addressFile: AddressFile
    private let stopping: StopFlag

    /// Opens the state and the sockets; nothing is answered and no job is claimed before `run`.
    /// - Parameter reread: reads the configuration again, for a reload.
    public init(
        _ configuration: Configuration, environment: [String: String], time: TimeSource, output: LogOutput,
        reread: @escaping @Sendable () throws -> Configuration
    ) async throws {
        let log = Logger(output)
        let installation = try await Installation.open(configuration, time: time)
        addressFile = AddressFile(path: installation.state.address)
        // A daemon that was killed left it: until this one answers, nobody does.
        addressFile.remove()
        for migration in installation.migrations {
            log.notice("store.migrated", "applied migration \(migration.number) \(migration.name)")
        }
        let sockets = try ListeningSockets.open(configuration, environment: environment)
        let pool = WorkerPool(count: configuration.workers.count)
        let breakers = BreakerBoard(policy: configuration.breakerPolicy, time: time)
        let engine = try WorkflowEngine(
            store: installation.store, breakers: breakers, executor: pool, time: time, random: .system, log: log)
        let handlers: [any JobHandler] = [WorkflowHandler(installation.workflow, engine: engine)]
        dispatcher = Dispatcher(
            store: installation.store, handlers: handlers, limits: configuration.dispatcherLimits, executor: pool, time: time,
            log: log)
        let current = Current(configuration)
        let stopping = StopFlag()
        let api = API(
            APIContext(
                store: installation.store, outlines: [installation.workflow.outline, DryRun.outline], tenants: installation.tenants,
                plans: { installation.plans }, dryRun: installation.dryRun, warehouse: installation.warehouse, breakers: breakers,
                key: installation.key, time: time, log: log,
                limits: { current.value.apiLimits }, isStopping: { stopping.isSet },
                workerTrouble: { await pool.trouble(time: time) }))
        servers = sockets.map { HTTPServer(listening: $0, limits: configuration.httpLimits, service: api) }
        control = HTTPServer(
            listening: try ControlService.listen(installation.state), service: ControlService(installation: installation))
        housekeeping = Housekeeping(
            store: installation.store, retention: { current.value.retention }, time: time, log: log)
        self.installation = installation
        self.current = current
        self.reread = reread
        manager = ServiceManager(environment: environment)
        self.time = time
        self.log = log
        self.output = output
        self.pool = pool
        self.stopping = stopping
    }

    /// Serves until it is told to stop; returns when everything is finished or handed back.
    public func run(_ signals: AsyncStream<DaemonSignal>) async throws {
        try await start()
        var signals = signals.makeAsyncIterator()
        while let signal = await signals.next() {
            guard case .reload = signal else { break }
            await reload()
        }
        try await stop()
    }
}

extension Daemon {
    private func start() async throws {
        let made = try await installation.bootstrap()
        if !made.created.isEmpty { log.notice("warehouse.bootstrapped", "made \(made.created.joined(separator: ", "))") }
        try await dispatcher.start()
        housekeeping.start()
        for server in servers { try server.start() }
        try control.start()
        let url = servers.map(\.listening.url).first ?? ""
        try addressFile.write(url)
        manager.tell(.ready, .status("serving \(url)"))
        log.info(
            "daemon.ready", "onboardd serves \(url)", LogField("epoch", installation.store.identity.epoch),
            LogField("recovered_jobs", installation.store.identity.recoveredJobs))
    }

    /// Workers stop claiming, the intake goes on, but lets nobody wait any more; once the steps in hand are done or the
    /// drain time is over, accepting stops, who waits is answered, and the leases go back.
    private func stop() async throws {
        let drain = current.value.drain.time
        manager.tell(.stopping, .status("finishing the steps in hand, for at most \(drain)"))
        log.info("daemon.stopping", "finishing the steps in hand, for at most \(drain)")
        stopping.set()
        housekeeping.stop()
        await dispatcher.stop(within: drain)
        for server in servers { server.stopAccepting() }
        installation.store.changes.close()
        await withTaskGroup(of: Void.self) { group in
            for server in servers + [control] { group.addTask { await server.stop() } }
        }
        for server in servers + [control] { server.listening.close() }
        addressFile.remove()
        try await installation.close()
        log.info("daemon.stopped", "stopped")
        output.flush()
    }

    /// Reads the configuration again and applies what can be applied; a bad file changes nothing.
    private func reload() async {
        manager.tell(.reloading)
        defer { manager.tell(.ready) }
        do {
            let new = try reread()
            let plans = try ConfigurationFiles(current.value).plans()
            let running = current.value
            for change in Configuration.table.changes(from: running, to: new) {
                log.notice("configuration.changed", "\(change)")
            }
            for change in plans.changes(from: installation.plans) {
                log.notice("configuration.changed", "\(PlanCatalog.fileName): \(change), for new tenants from now on")
            }
            let applied = Configuration.table.reloading(running, from: new)
            current.value = applied
            installation.plans = plans
            installation.store.limits = applied.storeLimits
            output.setLevel(applied.logLevel)
            await dispatcher.setLimits(applied.dispatcherLimits)
            log.notice("configuration.reloaded", "the configuration was read again")
        } catch {
            log.error("configuration.refused", "the old settings stay: \(error)")
        }
    }
}
