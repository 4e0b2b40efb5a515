// SPDX-License-Identifier: Apache-2.0
import Foundation
import JSON
import Testing

@Suite("an onboarding over HTTP")
struct OnboardTests {
    @Test("whoever waits gets the seed system's answer with the key, once; the job and the tenant never hold it")
    func waits() async throws {
        let daemon = try await DaemonProcess.start(try Home())
        let client = daemon.client
        let done = try await client.onboardFully("acme_corp", plan: "PROFESSIONAL")
        #expect(done.status == 200 && done["Preference-Applied"] == "wait=60")
        #expect(done["Location"] == "/api/v1/jobs/\(done.jobID)")
        #expect(done.json["tenant_id"] == .string("acme_corp") && done.json["dataset_created"] == .bool(true))
        #expect(done.json["warnings"].list.isEmpty)
        let key = try #require(done.json["api_key"].text)
        #expect(key.hasPrefix("acme_corp_api_") && key.count == "acme_corp_api_".count + 43)
        for path in ["/api/v1/jobs/\(done.jobID)", "/api/v1/jobs", "/api/v1/tenants/acme_corp", "/api/v1/tenants"] {
            #expect(try await !client.get(path).text.contains(key))
        }
        let gone = try await client.post("/api/v1/jobs/\(done.jobID)/api-key")
        #expect(gone.status == 410 && gone.code == "api_key_gone")
    }

    @Test("without a wait the key is revealed once, also over a restart, and then gone")
    func reveal() async throws {
        let home = try Home()
        let daemon = try await DaemonProcess.start(home)
        _ = try await daemon.client.post("/api/v1/queue/pause")
        let accepted = try await daemon.client.onboard("acme_corp")
        #expect(accepted.status == 202 && accepted["Location"] == accepted.json["status_url"].text)
        let path = "/api/v1/jobs/\(accepted.jobID)/api-key"
        let early = try await daemon.client.post(path)
        #expect(early.status == 409 && early.code == "not_activated")
        _ = try await daemon.client.post("/api/v1/queue/resume")
        _ = try await daemon.client.job(accepted.jobID, wait: 60)
        try await daemon.kill()

        let next = try await DaemonProcess.start(home)
        let shown = try await next.client.post(path, "{}")
        #expect(shown.status == 200 && shown.json["tenant_id"] == .string("acme_corp"))
        #expect(shown.json["api_key"].text?.hasPrefix("acme_corp_api_") == true)
        try await next.kill()
        let last = try await DaemonProcess.start(home)
        #expect(try await last.client.post(path).status == 410, "once means once, also when the daemon dies right after")
    }

    @Test("a refused dry-run is 422 with its results, an existing tenant 409 with its URL; nothing is left of either")
    func refusals() async throws {
        let home = try Home()
        let daemon = try await DaemonProcess.start(home)
        let client = daemon.client
        let first = try await client.onboardFully("acme_corp")
        let again = try await client.onboardFully("ACME_Corp")
        #expect(again.status == 409 && again.code == "tenant_exists")
        #expect(again.json["tenant_url"] == .string("/api/v1/tenants/acme_corp"))
        #expect(try await client.get("/api/v1/jobs").json["items"].list.map { $0["job_id"] } == [.string(first.jobID)])
    }

    @Test("a configured wait answers clients that know no Prefer")
    func usualWait() async throws {
        let home = try Home()
        try home.configure("intake:\n  default_wait_seconds: 60\n")
        let daemon = try await DaemonProcess.start(home)
        let done = try await daemon.client.onboard("acme_corp")
        #expect(done.status == 200 && done.json["api_key"].text != nil && done["Preference-Applied"] == nil)
        #expect(try await daemon.client.onboard("other_corp", [("Prefer", "wait=0")]).status == 202)
    }

    @Test("while paused, or with run_at ahead, a wait is answered 202 at once, and the job says in words what it waits for")
    func waitingWords() async throws {
        let daemon = try await DaemonProcess.start(try Home())
        let client = daemon.client
        let later = try await client.onboard("later", more: #","run_at":"2100-01-01T00:00:00Z""#, [("Prefer", "wait=60")])
        #expect(later.status == 202 && later["Preference-Applied"] == nil)
        let waiting = try await client.job(later.jobID).json["waiting"]
        #expect(waiting["reason"] == .string("run_at") && waiting["until"] == .string("2100-01-01T00:00:00.000Z"))

        #expect(try await client.post("/api/v1/queue/pause").json["paused"] == .bool(true))
        let first = try await client.onboard("first", [("Prefer", "wait=60")])
        #expect(first.status == 202)
        let paused = try await client.job(first.jobID)
        #expect(paused.json["waiting"]["reason"] == .string("paused") && paused.json["state"] == .string("queued"))
        #expect(paused.json["waiting"]["detail"].text?.contains("paused") == true && paused["Retry-After"] != nil)
        let dryRun = try await client.post("/api/v1/tenants/dryrun", Client.tenant("free_one"))
        #expect(dryRun.status == 200 && dryRun.json["ready_for_onboarding"] == .bool(true), "dry-runs go on while paused")
        #expect(try await client.post("/api/v1/queue/resume").json["paused"] == .bool(false))
        #expect(try await client.job(first.jobID, wait: 60).json["state"] == .string("succeeded"))
    }

    @Test("a pause holds over a restart")
    func pauseHolds() async throws {
        let home = try Home()
        let daemon = try await DaemonProcess.start(home)
        _ = try await daemon.client.post("/api/v1/queue/pause", "{}")
        let job = try await daemon.client.onboard("acme_corp").jobID
        #expect(try await daemon.stop() == 0)
        let next = try await DaemonProcess.start(home)
        #expect(try await next.client.job(job).json["waiting"]["reason"] == .string("paused"))
        _ = try await next.client.post("/api/v1/queue/resume")
        #expect(try await next.client.job(job, wait: 60).json["state"] == .string("succeeded"))
    }

    @Test("a dry-run is on record as a finished job, creates nothing, and tells of each bad value")
    func dryRun() async throws {
        let home = try Home()
        let daemon = try await DaemonProcess.start(home)
        let body = #"{"tenant_id":"tenants","company_name":"Some Company","admin_email":"nobody","subscription_plan":"GOLD"}"#
        let report = try await daemon.client.post("/api/v1/tenants/dryrun", body)
        #expect(report.status == 200 && report.json["status"] == .string("FAILED"), "\(report.text)")
        let results = report.json["validation_results"].list
        #expect(results.compactMap { $0["check_name"].text } == [
            "tenant_id_format", "email_format", "gcp_credentials", "bigquery_connectivity", "subscription_plan", "tenant_existence",
            "central_tables", "dryrun_config",
        ])
        let failed = results.filter { $0["passed"] == .bool(false) }.compactMap { $0["check_name"].text }
        #expect(failed.starts(with: ["tenant_id_format", "email_format", "subscription_plan"]), "\(failed)")
        let summary = report.json["validation_summary"]
        #expect(summary["total_checks"] == .integer(8) && summary["all_passed"] == .bool(false))
        let job = try await daemon.client.job(report.jobID).json
        #expect(job["kind"] == .string("tenant.dryrun") && job["state"] == .string("succeeded") && job["steps"].list.count == 8)
        #expect(try home.datasets().isEmpty)
        #expect(try Home.rows(home.central, "SELECT count(*) FROM tenant_profiles") == [["0"]])
    }
}
