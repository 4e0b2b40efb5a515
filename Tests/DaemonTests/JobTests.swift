// SPDX-License-Identifier: Apache-2.0
import Foundation
import JSON
import Testing

@Suite("jobs over HTTP")
struct JobTests {
    @Test("a job's ETag answers 304 until it changes; a wait with it ends at the next change, a wait without at the end")
    func tags() async throws {
        let daemon = try await DaemonProcess.start(try Home())
        let client = daemon.client
        _ = try await client.post("/api/v1/queue/pause")
        let job = try await client.onboard("acme_corp").jobID
        let first = try await client.job(job)
        let tag = try #require(first["ETag"])
        let same = try await client.get("/api/v1/jobs/\(job)", [("If-None-Match", tag)])
        #expect(same.status == 304 && same.body.isEmpty && same["ETag"] == tag)
        async let changed = client.get("/api/v1/jobs/\(job)?wait=60", [("If-None-Match", tag)])
        async let ended = client.job(job, wait: 60)
        _ = try await client.post("/api/v1/queue/resume")
        let next = try await changed
        #expect(next.status == 200 && next["ETag"] != tag)
        let last = try await ended
        #expect(last.json["state"] == .string("succeeded") && last["Retry-After"] == nil)
        let tagOfLast = try #require(last["ETag"])
        #expect(try await client.get("/api/v1/jobs/\(job)?wait=0", [("If-None-Match", "\"x\", \(tagOfLast)")]).status == 304)
        #expect(last.json["steps"].list.allSatisfy { $0["state"] == .string("succeeded") && $0["failures"].list.isEmpty })
        #expect(last.json["progress"]["done"] == .integer(10) && last.json["progress"]["total"] == .integer(10))
    }

    @Test("pages are whole and without repetition while jobs are added")
    func pages() async throws {
        let daemon = try await DaemonProcess.start(try Home())
        let client = daemon.client
        _ = try await client.post("/api/v1/queue/pause")
        var expected: [String] = []
        for number in 0..<23 { expected.append(try await client.onboard("tenant_\(number)").jobID) }
        var listed: [String] = [], cursor: String?, added = 100
        repeat {
            let page = try await client.get("/api/v1/jobs?state=queued&limit=10" + (cursor.map { "&cursor=\($0)" } ?? "")).json
            listed += page["items"].list.compactMap { $0["job_id"].text }
            cursor = page["next_cursor"].text
            _ = try await client.onboard("tenant_\(added)")
            added += 1
        } while cursor != nil
        #expect(listed == expected.reversed())
        let first = try await client.get("/api/v1/jobs?state=queued&limit=1").json
        let foreign = try await client.get("/api/v1/jobs?limit=1&cursor=\(first["next_cursor"].text ?? "")")
        #expect(foreign.status == 422 && foreign.code == "invalid_parameter", "a cursor belongs to its filters")
        let one = try await client.get("/api/v1/jobs?tenant_id=TENANT_7").json["items"].list
        #expect(one.compactMap { $0["job_id"].text } == [expected[7]])
    }

    @Test("a job that has not begun is cancelled at once, the same when repeated; its tenant id is free again")
    func cancelQueued() async throws {
        let daemon = try await DaemonProcess.start(try Home())
        let client = daemon.client
        _ = try await client.post("/api/v1/queue/pause")
        let job = try await client.onboard("acme_corp").jobID
        for _ in 1...2 {
            let cancelled = try await client.post("/api/v1/jobs/\(job)/cancel")
            #expect(cancelled.status == 202 && cancelled.json["state"] == .string("cancelled"))
            #expect(cancelled.json["cancel_requested"] == .bool(true))
        }
        let retried = try await client.post("/api/v1/jobs/\(job)/retry")
        #expect(retried.status == 409 && retried.code == "not_failed")
        _ = try await client.post("/api/v1/queue/resume")
        let done = try await client.onboardFully("acme_corp")
        #expect(done.status == 200)
        let late = try await client.post("/api/v1/jobs/\(done.jobID)/cancel")
        #expect(late.status == 409 && late.code == "too_late")
    }

    @Test("a job that fails for good is undone and 502; a retry of it succeeds once the cause is gone")
    func failsAndRetries() async throws {
        let home = try Home()
        try home.configure("")
        try home.edit("setup/tenants/onboarding.yml", "attempts: 5", "attempts: 1")
        let daemon = try await DaemonProcess.start(home)
        let client = daemon.client
        try Self.blockDatasets(home)
        let failed = try await client.onboardFully("acme_corp")
        #expect(failed.status == 502 && failed.code == "onboarding_failed", "\(failed.text)")
        let job = try await client.job(failed.jobID).json
        #expect(job["state"] == .string("failed") && job["error"]["step"] == .string("create_dataset"))
        #expect(job["leftovers"].list.isEmpty)
        let step = job["steps"].item("name", "create_dataset")
        #expect(step["failures"].list.count == 1 && step["failures"].list[0]["message"].text?.isEmpty == false)
        #expect(job["steps"].item("name", "reserve_tenant")["state"] == .string("rolled_back"))
        #expect(try Home.rows(home.central, "SELECT count(*) FROM tenant_profiles") == [["0"]])
        #expect(try await client.get("/api/v1/tenants/acme_corp").status == 404)

        try Self.unblockDatasets(home)
        let retried = try await client.post("/api/v1/jobs/\(failed.jobID)/retry")
        #expect(retried.status == 202, "\(retried.text)")
        let ended = try await client.job(failed.jobID, wait: 60).json
        #expect(ended["state"] == .string("succeeded"))
        #expect(try await client.post("/api/v1/jobs/\(failed.jobID)/api-key").status == 200)
        #expect(try home.datasets() == ["acme_corp"])
        #expect(try await client.post("/api/v1/jobs/\(failed.jobID)/retry").code == "not_failed")
    }

    @Test("a step that failed for now says why and until when; the job holds no worker, survives a restart, and can be cancelled")
    func waitsForRetry() async throws {
        let home = try Home()
        try home.configure("")
        try home.edit("setup/tenants/onboarding.yml", "backoff_seconds: 1", "backoff_seconds: 80000")
        try home.edit("setup/tenants/onboarding.yml", "backoff_cap_seconds: 60", "backoff_cap_seconds: 80000")
        try home.edit("setup/tenants/onboarding.yml", "total_seconds: 900", "total_seconds: 86400")
        let daemon = try await DaemonProcess.start(home)
        try Self.blockDatasets(home)
        let job = try await daemon.client.onboard("acme_corp").jobID
        let retrying = try await daemon.client.job(job) { $0["state"] == .string("retrying") }
        #expect(retrying["waiting"]["reason"] == .string("retry") && retrying["waiting"]["until"].text != nil)
        #expect(retrying["waiting"]["detail"].text?.contains("create_dataset") == true)
        try Self.unblockDatasets(home)
        try await daemon.kill()

        let next = try await DaemonProcess.start(home)
        let after = try await next.client.job(job).json
        #expect(after["state"] == .string("retrying") && after["waiting"]["until"] == retrying["waiting"]["until"])
        #expect(try await next.client.post("/api/v1/jobs/\(job)/cancel").status == 202)
        let ended = try await next.client.job(job, wait: 60).json
        #expect(ended["state"] == .string("cancelled"), "a waiting step is not waited for")
        #expect(try Home.rows(home.central, "SELECT count(*) FROM tenant_profiles") == [["0"]])
        #expect(try home.datasets().isEmpty)
        #expect(try await next.client.onboardFully("acme_corp").status == 200)
    }

    /// Without the folder of drafts no dataset can be made.
    private static func blockDatasets(_ home: Home) throws {
        try FileManager.default.removeItem(atPath: home.state + "/warehouse/datasets/.tmp")
    }

    private static func unblockDatasets(_ home: Home) throws {
        try FileManager.default.createDirectory(
            atPath: home.state + "/warehouse/datasets/.tmp", withIntermediateDirectories: false)
    }
}
