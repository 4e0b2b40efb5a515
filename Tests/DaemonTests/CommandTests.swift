// SPDX-License-Identifier: Apache-2.0
import Foundation
import Glibc
import JSON
import SQLite
import Testing

@Suite("the commands on a state directory")
struct CommandTests {
    private static let tables = 11

    @Test("bootstrap and reconcile answer alike through a running daemon and without one")
    func sameWithAndWithout() async throws {
        let home = try Home()
        let made = try await Command.run("bootstrap", "--state-dir", home.state)
        #expect(made.exitCode == 0, "\(made.errors)")
        #expect(try JSONValue(parsing: Array(made.output.utf8))["created"].list.count == Self.tables + 1)

        let daemon = try await DaemonProcess.start(home)
        _ = try await daemon.client.onboardFully("acme_corp")
        for state in ["running", "stopped"] {
            if state == "stopped" { #expect(try await daemon.stop() == 0) }
            let again = try await Command.run("bootstrap", "--state-dir", home.state)
            #expect(again.exitCode == 0, "\(state): \(again.errors)")
            #expect(try JSONValue(parsing: Array(again.output.utf8))["created"].list.isEmpty, "\(state): \(again.output)")
            let report = try await Self.reconcile(home)
            #expect(report["instance"]["store"] == report["instance"]["warehouse"])
            for name in report.names where name != "instance" { #expect(report[name].list.isEmpty, "\(state): \(name)") }
        }
        #expect(try await Self.tenants(home) == ["acme_corp"])
    }

    @Test("the running daemon makes a central table again that somebody dropped")
    func bootstrapRepairs() async throws {
        let home = try Home()
        let daemon = try await DaemonProcess.start(home)
        try Connection(path: home.central, mode: .readWrite).executeScript("DROP TABLE tenant_dq_results")
        let refused = try await daemon.client.onboardFully("acme_corp")
        #expect(refused.status == 422 && refused.code == "dryrun_failed", "\(refused.text)")
        #expect(refused.json["validation_results"].item("check_name", "central_tables")["status"] == .string("FAILED"))
        let repaired = try await Command.run("bootstrap", "--state-dir", home.state)
        #expect(try JSONValue(parsing: Array(repaired.output.utf8))["created"] == .array([.string("tenant_dq_results")]))
        #expect(try await daemon.client.onboardFully("acme_corp").status == 200)
    }

    @Test("reconcile reports, --fix clears what an ended job left, --adopt takes over what only the warehouse knows")
    func reconcile() async throws {
        let home = try Home()
        let daemon = try await DaemonProcess.start(home)
        let client = daemon.client
        _ = try await client.onboardFully("known")
        // The onboarding that was cancelled left a dataset, and another system a profile.
        let cancelled = try await client.onboard("half_done", more: #","run_at":"2100-01-01T00:00:00Z""#).jobID
        #expect(try await client.post("/api/v1/jobs/\(cancelled)/cancel").status == 202)
        try Self.makeDataset(home, "half_done", job: cancelled)
        try Self.makeDataset(home, "unmarked", job: nil)
        try Connection(path: home.central, mode: .readWrite).executeScript("""
            INSERT INTO tenant_profiles (tenant_id, company_name, admin_email, tenant_dataset_id, status, subscription_plan, created_at)
            SELECT 'seed_tenant', company_name, admin_email, 'seed_tenant', status, 'SCALE', created_at FROM tenant_profiles
            """)

        for _ in 1...2 {
            let plain = try await Self.reconcile(home)
            #expect(plain["datasets_without_tenant"].list.compactMap { $0["dataset"].text } == ["half_done", "unmarked"])
            #expect(plain["datasets_without_tenant"].list[0]["job_id"] == .string(cancelled))
            #expect(plain["profiles_only_in_warehouse"].list.compactMap { $0["tenant_id"].text } == ["seed_tenant"])
        }
        let fixed = try await Self.reconcile(home, "--fix")
        #expect(fixed["datasets_without_tenant"].list.map { $0["cleared"] } == [.bool(true), .bool(false)])
        #expect(try home.datasets() == ["known", "unmarked"])
        #expect(try await client.get("/api/v1/tenants/seed_tenant").status == 404)

        let adopted = try await Self.reconcile(home, "--adopt")
        #expect(adopted["profiles_only_in_warehouse"].list.map { $0["adopted"] } == [.bool(true)])
        let tenant = try await client.get("/api/v1/tenants/seed_tenant")
        #expect(tenant.json["status"] == .string("ACTIVE") && tenant.json["limits"]["daily"] == .integer(100), "\(tenant.text)")
        let again = try await client.onboard("SEED_tenant")
        #expect(again.status == 409 && again.code == "tenant_exists")
        #expect(try await Self.reconcile(home)["tenants_without_dataset"].list.map { $0["tenant_id"] } == [.string("seed_tenant")])
        #expect(try await client.onboardFully("half_done").status == 200)
    }

    @Test("migrate needs the state directory for itself, and tells what it did")
    func migrate() async throws {
        let home = try Home()
        let first = try await Command.run("migrate", "--state-dir", home.state)
        #expect(first.exitCode == 0 && first.output.contains("applied 1 jobs"), "\(first.errors)")
        let second = try await Command.run("migrate", "--state-dir", home.state)
        #expect(second.exitCode == 0 && second.output.contains("up to date"))
        let daemon = try await DaemonProcess.start(home)
        let refused = try await Command.run("migrate", "--state-dir", home.state)
        #expect(refused.exitCode == 1 && refused.errors.contains("process \(daemon.process.pid)"), "\(refused.errors)")
    }

    @Test("the control socket knows its commands only, and takes no body")
    func controlSocket() async throws {
        let daemon = try await DaemonProcess.start(try Home())
        let control = Client("unix:" + daemon.home.state + "/control.sock")
        #expect(try await control.post("/reconcile").status == 200)
        #expect(try await control.get("/reconcile").status == 404)
        #expect(try await control.post("/format-disk").status == 404)
        #expect(try await control.post("/reconcile", "{}").status == 413)
        #expect(try await daemon.client.post("/reconcile").status == 404)
    }

    @Test("every command has its help, the program its version", arguments: ["serve", "migrate", "check-config", "bootstrap", "reconcile"])
    func help(command: String) async throws {
        let help = try await Command.run(command, "--help")
        #expect(help.exitCode == 0 && help.output.contains("onboardd \(command)") && help.errors.isEmpty)
        let whole = try await Command.run("help")
        #expect(whole.exitCode == 0 && whole.output.contains(command))
        #expect(try await Command.run("--version").output.hasPrefix("onboardd "))
        #expect(try await Command.run(command, "--frobnicate").exitCode == 2)
    }

    private static func reconcile(_ home: Home, _ flags: String...) async throws -> JSONValue {
        let run = try await Command.run(["reconcile", "--state-dir", home.state] + flags)
        #expect(run.exitCode == 0, "\(run.errors)")
        return try JSONValue(parsing: Array(run.output.utf8))
    }

    private static func tenants(_ home: Home) async throws -> [String] {
        try Home.rows(home.jobStore, "SELECT tenant_id FROM tenant").map { $0[0] }
    }

    private static func makeDataset(_ home: Home, _ tenant: String, job: String?) throws {
        let dataset = try Connection(path: home.datasetPath(tenant), mode: .create)
        try dataset.executeScript("CREATE TABLE onboarding_validation_test (id TEXT)")
        guard let job else { return }
        try dataset.executeScript("""
            CREATE TABLE _onboardd_meta (tenant_id TEXT, job_id TEXT, created_at TEXT);
            INSERT INTO _onboardd_meta VALUES ('\(tenant)', '\(job)', '2026-01-01T00:00:00.000Z');
            """)
    }
}
