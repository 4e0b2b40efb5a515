// SPDX-License-Identifier: Apache-2.0
import FoundationEssentials
import Settings

extension Configuration {
    /// Every setting of the daemon. `configs/onboardd.yml` and the reference are made from it.
    public static let table = SettingsTable(
        listenSettings + placeSettings + workSettings + limitSettings + timeSettings + logSettings,
        initial: Configuration(), prefix: "ONBOARDD",
        otherVariables: ["ONBOARDD_URL", "ONBOARDD_TOKEN", "ONBOARDD_CONFIG"])

    private static let listenSettings: [Setting<Configuration>] = [
        Setting("listen.address", .address.refusing(unlessLocal), \.listen.address, flag: "--listen", """
            Where the daemon answers HTTP. Port 0 takes a free port; the address in use is written to \
            <state.directory>/address.
            """),
        Setting("listen.hosts", .list(of: .hostName, "host names"), \.listen.hosts, """
            Names by which clients may call the daemon (the Host of a request), besides the loopback names.
            """),
    ]

    private static let placeSettings: [Setting<Configuration>] = [
        Setting(
            "state.directory", .path, \.state.directory, flag: "--state-dir",
            default: .derived("$STATE_DIRECTORY, else /var/lib/onboardd", stateDirectory), """
            Holds the job store, the embedded warehouse and the keys. One daemon at a time uses it.
            """),
        Setting(
            "configs.directory", .optional(.path), \.configs.directory,
            default: .derived("the folder of this file, else the copies built in") { $1.file.map(folder) }, """
            Where plans.yml and the other configuration files lie.
            """),
        Setting(
            "warehouse.kind", .choice(of: Warehouse.Kind.self, unavailable: ["bigquery"]), \.warehouse.kind,
            flag: "--warehouse", """
            What holds the tenants' datasets: embedded keeps them as SQLite files under state.directory.
            """),
        Setting(
            "keys.file", .path, \.keys.file,
            default: .derived("<state.directory>/keys/master.key") { configuration, _ in
                configuration.state.directory + "/keys/master.key"
            }, """
            The key that seals secrets in the store. It is made at the first start of an empty store, readable by its \
            owner only, and is in no backup: keep a copy.
            """),
    ]

    private static let workSettings: [Setting<Configuration>] = [
        Setting(
            "workers.count", .integer(in: 1...256), \.workers.count,
            default: .derived("the number of processors") { _, _ in ProcessInfo.processInfo.activeProcessorCount }, """
            Threads that run steps. Waiting for the network holds none of them.
            """),
        Setting("workers.jobs_in_flight", .integer(in: 1...100_000), \.workers.jobsInFlight, """
            Jobs that are worked on at the same time.
            """),
        Setting("workers.file_queues", .integer(in: 1...64), \.workers.fileQueues, """
            Dataset files that are made, synced and opened at the same time.
            """),
        Setting("lease.seconds", .duration(in: 3...3_600, .seconds), \.lease.time, """
            How long a worker holds a job without renewing its claim; after that the job is another's to take.
            """),
        Setting("drain.seconds", .duration(in: 0...600, .seconds), \.drain.time, """
            At a stop, how long steps in hand may take to end before their jobs are handed back.
            """),
        Setting("breaker.failures", .integer(in: 1...1_000), \.breaker.failures, """
            Failures of a remote service within the window after which it is left alone for a while.
            """),
        Setting("breaker.window_seconds", .duration(in: 1...3_600, .seconds), \.breaker.window, """
            The window in which failures count.
            """),
        Setting("breaker.open_seconds", .duration(in: 1...3_600, .seconds), \.breaker.openTime, """
            How long a failing service is left alone before one call tries it again.
            """),
    ]

    private static let limitSettings: [Setting<Configuration>] = [
        Setting("limits.queue_depth", .integer(in: 1...100_000_000), \.limits.queueDepth, effect: .onReload, """
            Unfinished jobs that are kept; with so many, a submission is answered 503.
            """),
        Setting("limits.body_bytes", .integer(in: 1_024...1_048_576, of: "bytes"), \.limits.bodyBytes, effect: .onReload, """
            The largest request body; a larger one is answered 413.
            """),
        Setting("limits.dryruns", .integer(in: 1...1_000), \.limits.dryruns, effect: .onReload, """
            Dry-runs at the same time; with so many, another is answered 503.
            """),
        Setting("limits.waiters", .integer(in: 0...1_000_000), \.limits.waiters, effect: .onReload, """
            Requests that may wait for a job to change or to end; with so many, another is answered at once.
            """),
        Setting("limits.connections", .integer(in: 16...1_000_000), \.limits.connections, """
            Connections at the same time.
            """),
        Setting(
            "limits.tenant_onboard", .integer(in: 1...100_000), \.limits.tenantOnboard, effect: .onReload,
            default: .derived("workers.jobs_in_flight") { configuration, _ in configuration.workers.jobsInFlight }, """
            Jobs of the kind tenant.onboard that are worked on at the same time.
            """),
    ]

    private static let timeSettings: [Setting<Configuration>] = [
        Setting("intake.default_wait_seconds", .duration(in: 0...60, .seconds), \.intake.defaultWait, """
            How long an onboarding request without a Prefer header waits for its job to end, for clients that expect the \
            finished result. 0 answers 202 at once.
            """),
        Setting("retention.days", .duration(in: 1...3_650, .days), \.retention.time, """
            How long ended jobs are kept.
            """),
        Setting("retention.jobs", .integer(in: 1...100_000_000), \.retention.jobs, """
            Ended jobs that are kept; beyond it the oldest go first.
            """),
        Setting("retention.dryrun_hours", .duration(in: 1...8_760, .hours), \.retention.dryrunTime, """
            How long dry-runs are kept.
            """),
        Setting("retention.dryruns", .integer(in: 1...10_000_000), \.retention.dryruns, """
            Dry-runs that are kept; beyond it the oldest go first.
            """),
    ]

    private static let logSettings: [Setting<Configuration>] = [
        Setting("log.level", .choice(of: Log.Level.self), \.log.level, effect: .onReload, """
            The least important events that are logged.
            """),
        Setting("log.format", .choice(of: Log.Format.self), \.log.format, """
            How events are written to stderr: auto is text on a terminal and json elsewhere. Where stderr is the journal, \
            auto writes to the journal's own socket.
            """),
    ]

    /// Until there are tokens, whoever can connect may do everything.
    private static func unlessLocal(_ address: ListenAddress) -> SettingRefusal? {
        if address.isLocal { return nil }
        return SettingRefusal(
            "others than this machine could reach \(address)",
            instead: "write an address of 127.0.0.0/8, [::1] or unix:/path")
    }

    /// systemd separates several with colons; the first is ours (systemd.exec(5), StateDirectory=).
    private static func stateDirectory(_: Configuration, _ sources: SettingSources) -> String {
        sources.environment["STATE_DIRECTORY"]?.split(separator: ":").first.map(String.init) ?? "/var/lib/onboardd"
    }

    private static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }
}
