// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing
import Service
import Settings

@Suite("The daemon's configuration") struct ConfigurationTests {
    @Test("is what the contract says where nothing is set") func defaults() throws {
        let configuration = try load()
        #expect(configuration.listen.address == .ip(host: "127.0.0.1", port: 8080))
        #expect(configuration.listen.hosts == [])
        #expect(configuration.state.directory == "/var/lib/onboardd")
        #expect(configuration.configs.directory == nil)
        #expect(configuration.workers.count == ProcessInfo.processInfo.activeProcessorCount)
        #expect(configuration.workers.jobsInFlight == 256)
        #expect(configuration.warehouse.kind == .embedded)
        #expect(configuration.keys.file == "/var/lib/onboardd/keys/master.key")
        #expect(configuration.limits.queueDepth == 1_000_000)
        #expect(configuration.limits.bodyBytes == 64 << 10)
        #expect(configuration.limits.dryruns == 32)
        #expect(configuration.limits.tenantOnboard == 256)
        #expect(configuration.intake.defaultWait == .zero)
        #expect(configuration.retention.time == .seconds(90 * 24 * 60 * 60))
        #expect(configuration.retention.jobs == 1_000_000)
        #expect(configuration.lease.time == .seconds(30))
        #expect(configuration.drain.time == .seconds(25))
    }

    @Test("follows what it is derived from") func derived() throws {
        #expect(try load(environment: ["STATE_DIRECTORY": "/a:/b"]).keys.file == "/a/keys/master.key")
        #expect(try load(environment: ["STATE_DIRECTORY": "/a"], flags: ["--state-dir": "/c"]).keys.file == "/c/keys/master.key")
        #expect(try load(environment: ["ONBOARDD_WORKERS_JOBS_IN_FLIGHT": "7"]).limits.tenantOnboard == 7)
    }

    @Test("comes from the file that is named first: --config, ONBOARDD_CONFIG, the usual one") func files() throws {
        try withFolder { folder in
            let names = ["flag", "variable", "usual"].map { folder.appending(component: $0 + ".yml").path }
            for (depth, name) in names.enumerated() { try Data("limits: {queue_depth: \(depth + 1)}".utf8).write(to: URL(filePath: name)) }
            func depth(flag: String?, variable: String?, usual: String) throws -> Int {
                try Configuration.load(
                    file: flag, environment: variable.map { ["ONBOARDD_CONFIG": $0] } ?? [:], usualFile: usual).limits.queueDepth
            }
            #expect(try depth(flag: names[0], variable: names[1], usual: names[2]) == 1)
            #expect(try depth(flag: nil, variable: names[1], usual: names[2]) == 2)
            #expect(try depth(flag: nil, variable: nil, usual: names[2]) == 3)
            #expect(try depth(flag: nil, variable: nil, usual: names[2] + ".absent") == 1_000_000)
            #expect(throws: SettingsError.self) { try depth(flag: names[0] + ".absent", variable: nil, usual: names[2]) }
            #expect(try Configuration.load(file: names[0], environment: [:]).configs.directory == folder.path)
        }
    }

    @Test("refuses every setting with an impossible value", arguments: [
        "listen.address: 0.0.0.0:8080", "listen.address: 8080", "listen.hosts: a", "listen.hosts: ['a:80']", "state.directory: ''", "configs.directory: 5",
        "workers.count: 0", "workers.count: 257", "workers.jobs_in_flight: 0", "workers.file_queues: 65", "warehouse.kind: bigquery", "warehouse.kind: sqlite",
        "keys.file: ''", "limits.queue_depth: 0", "limits.body_bytes: 1023", "limits.dryruns: 0", "limits.waiters: -1", "limits.connections: 15",
        "limits.tenant_onboard: 0", "intake.default_wait_seconds: 61", "intake.default_wait_seconds: -1", "retention.days: 0", "retention.jobs: 0",
        "retention.dryrun_hours: 0", "retention.dryruns: 0", "lease.seconds: 2", "lease.seconds: 3601", "drain.seconds: -1", "drain.seconds: 601",
        "breaker.failures: 0", "breaker.window_seconds: 0", "breaker.open_seconds: 0", "log.level: verbose", "log.format: xml",
    ])
    func impossible(line: String) throws {
        let name = String(line.prefix { $0 != ":" })
        let problems = try problems(in: line)
        #expect(problems.map(\.setting) == [name])
        #expect(problems[0].message.contains("; "))
    }

    @Test("has a wrong value for each setting in the test above") func impossibleCoversAll() throws {
        for setting in Configuration.table.settings {
            #expect(try problems(in: "\(setting.name): {a: 1}").map(\.setting) == [setting.name])
        }
    }

    @Test("refuses what is not built yet as unknown", arguments: [
        "auth.tokens_file", "bigquery.project", "google.credentials_file", "kms.key_name", "webhooks.allow_hosts", "resourcemanager.endpoint",
    ])
    func notYet(name: String) throws {
        #expect(try problems(in: "\(name): x").map(\.message) == [
            "there is no such section; the sections are listen, state, configs, warehouse, keys, workers, lease, drain, breaker, limits, intake, retention, log",
        ])
        let variable = "ONBOARDD_" + name.uppercased().replacing(".", with: "_")
        #expect(throws: SettingsError.self) { try load(environment: [variable: "x"]) }
    }

    @Test("says that BigQuery is not available") func bigQuery() throws {
        #expect(try problems(in: "warehouse.kind: bigquery")[0].message == "`bigquery` is not available in this version; write embedded")
    }

    @Test("leaves onboardctl's variables alone") func othersVariables() throws {
        #expect(try load(environment: ["ONBOARDD_URL": "x", "ONBOARDD_TOKEN": "y"]) == load())
    }

    @Test("gives every setting a name of its own, also as a variable, and keeps sections together") func names() {
        let names = Configuration.table.settings.map(\.name)
        #expect(Set(names.map { $0.replacing(".", with: "_") }).count == names.count)
        let sections = names.map { $0.prefix { $0 != "." } }
        let runs = zip(sections, sections.dropFirst()).count { $0 != $1 } + 1
        #expect(runs == Set(sections).count)
    }

    @Test("lets a reload change limits and the log level, nothing else") func reloadable() {
        let reloadable = Configuration.table.settings.filter { $0.effect == .onReload }.map(\.name)
        #expect(reloadable.allSatisfy { $0.hasPrefix("limits.") || $0 == "log.level" })
        #expect(Configuration.table.settings.filter { $0.name.hasPrefix("limits.") && $0.name != "limits.connections" }.allSatisfy { $0.effect == .onReload })
        #expect(reloadable.contains("log.level"))
    }

    func load(environment: [String: String] = [:], flags: [String: String] = [:]) throws -> Configuration {
        try Configuration.load(file: nil, environment: environment, flags: flags, usualFile: "/nonexistent/onboardd.yml")
    }

    /// Of a file with this one setting, given as `section.key: value`.
    func problems(in line: String) throws -> [SettingProblem] {
        try withFolder { folder in
            let file = folder.appending(component: "onboardd.yml")
            try Data(line.replacing(".", with: ":\n  ", maxReplacements: 1).utf8).write(to: file)
            do throws(SettingsError) {
                _ = try Configuration.load(file: file.path, environment: [:])
                return []
            } catch {
                return error.problems
            }
        }
    }
}

@Suite("configs/onboardd.yml") struct ShippedConfigurationTests {
    static let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../configs/onboardd.yml").standardized

    /// `UPDATE_GENERATED=1 swift test --filter ShippedConfigurationTests` writes it anew.
    @Test("is what the table makes") func inStep() throws {
        if ProcessInfo.processInfo.environment["UPDATE_GENERATED"] != nil {
            try Data(Configuration.exampleFile.utf8).write(to: Self.file)
        }
        #expect(try String(contentsOf: Self.file, encoding: .utf8) == Configuration.exampleFile)
    }

    @Test("has its reference in docs/configuration.md") func reference() throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../docs/configuration.md").standardized
        let text = "# Configuration\n\nMade from the table that reads and checks the settings.\n\n" + Configuration.table.reference()
        if ProcessInfo.processInfo.environment["UPDATE_GENERATED"] != nil { try Data(text.utf8).write(to: file) }
        #expect(try String(contentsOf: file, encoding: .utf8) == text)
    }

    @Test("holds the defaults") func holdsDefaults() throws {
        var shipped = try Configuration.load(file: Self.file.path, environment: [:])
        #expect(shipped.configs.directory == Self.file.deletingLastPathComponent().path)
        shipped.configs.directory = nil
        #expect(try shipped == Configuration.load(file: nil, environment: [:], usualFile: "/nonexistent/onboardd.yml"))
    }
}

func withFolder<Result>(_ body: (URL) throws -> Result) throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appending(component: "service-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try body(folder)
}
