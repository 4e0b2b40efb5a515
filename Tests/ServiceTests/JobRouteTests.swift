// SPDX-License-Identifier: Apache-2.0
import Foundation
import JobQueue
import Testing
import Time

@Suite(.timeLimit(.minutes(2)))
struct JobRouteTests {
    @Test("a queued job tells all its steps, its place and what can be done with it")
    func queued() async throws {
        try await withAPI { api in
            let id = try await api.submit()
            let answer = try await api.client.get("/api/v1/jobs/\(id)")
            let job = try answer.json()
            #expect(answer.status == 200)
            #expect(answer["ETag"] == "W/\"1\"")
            #expect(answer["Retry-After"] == "1")
            #expect(job["state"] as? String == "queued")
            #expect(job["tenant_id"] as? String == "acme_corp")
            let steps = try #require(job["steps"] as? [[String: Any]])
            #expect(steps.map { $0["name"] as? String }.first == "dryrun")
            #expect(steps.count == 10)
            #expect(steps.allSatisfy { $0["state"] as? String == "pending" })
            #expect((job["waiting"] as? [String: Any])?["reason"] as? String == "kind_limit")
            #expect((job["links"] as? [String: String])?.keys.sorted() == ["cancel", "self"])
            #expect((job["progress"] as? [String: Int]) == ["done": 0, "total": 10])
        }
    }

    @Test("waiting says why: paused, place in line, the time that was asked for")
    func waiting() async throws {
        try await withAPI { api in
            func reason(_ id: String) async throws -> String? {
                (try await api.client.get("/api/v1/jobs/\(id)").json()["waiting"] as? [String: Any])?["reason"] as? String
            }
            _ = try await api.submit("first_one")
            #expect(try await reason(api.submit("second_one")) == "queue")
            #expect(try await reason(api.submit("later_one", #","run_at":"2099-01-01T00:00:00Z""#)) == "run_at")
            #expect(try await api.client.post("/api/v1/queue/pause").json()["paused"] as? Bool == true)
            #expect(try await reason(api.submit("paused_one")) == "paused")
            #expect(try await api.client.post("/api/v1/queue/resume", "{}").json()["paused"] as? Bool == false)
        }
    }

    @Test("an unchanged job is 304, a changed one is not, however often it was answered before")
    func entityTags() async throws {
        try await withAPI { api in
            let id = try await api.submit()
            let first = try await api.client.get("/api/v1/jobs/\(id)")
            let tag = try #require(first["ETag"])
            let same = try await api.client.get("/api/v1/jobs/\(id)", [("If-None-Match", "\"x\", \(tag)")])
            #expect(same.status == 304)
            #expect(same.body.isEmpty)
            #expect(same["ETag"] == tag)
            let claimed = try await api.claim()
            let changed = try await api.client.get("/api/v1/jobs/\(id)", [("If-None-Match", tag)])
            #expect(changed.status == 200)
            #expect(try changed.json()["state"] as? String == "running")
            try await api.succeed(claimed)
            let ended = try await api.client.get("/api/v1/jobs/\(id)")
            #expect(try ended.json()["state"] as? String == "succeeded")
            #expect(ended["Retry-After"] == nil)
            #expect((try ended.json()["links"] as? [String: String])?.keys.sorted() == ["api_key", "self", "tenant"])
        }
    }

    @Test("?wait with a tag holds the answer until the job changes; without one, until it ends")
    func wait() async throws {
        try await withAPI { api in
            let id = try await api.submit()
            async let changed = api.client.get("/api/v1/jobs/\(id)?wait=60", [("If-None-Match", "W/\"1\"")])
            async let ended = api.client.get("/api/v1/jobs/\(id)?wait=99999999999999999999")
            while api.store.changes.watchCount < 2 { await Task.yield() }
            let claimed = try await api.claim()
            #expect(try await changed.json()["state"] as? String == "running")
            try await api.succeed(claimed)
            #expect(try await ended.json()["state"] as? String == "succeeded")
            #expect(api.store.changes.watchCount == 0)
        }
    }

    @Test("?wait ends after its seconds: 304 with a tag, the job without")
    func waitOver() async throws {
        try await withAPI { api in
            let id = try await api.submit()
            async let tagged = api.client.get("/api/v1/jobs/\(id)?wait=1", [("If-None-Match", "W/\"1\"")])
            async let plain = api.client.get("/api/v1/jobs/\(id)?wait=1")
            #expect(try await tagged.status == 304)
            #expect(try await plain.json()["state"] as? String == "queued")
        }
    }

    @Test("beyond limits.waiters, and while stopping, nobody waits")
    func noWait() async throws {
        try await withAPI(limits: .init(waiters: 1)) { api in
            let id = try await api.submit()
            async let waiting = api.client.get("/api/v1/jobs/\(id)?wait=60")
            while api.store.changes.watchCount < 1 { await Task.yield() }
            #expect(try await api.client.get("/api/v1/jobs/\(id)?wait=60").status == 200)
            api.change { $0.isStopping = true }
            api.store.changes.close()
            #expect(try await waiting.status == 200)
            #expect(try await api.client.get("/api/v1/jobs/\(id)?wait=60").status == 200)
        }
    }

    @Test("pages hold every job once, newest first, while others are added")
    func list() async throws {
        try await withAPI { api in
            for n in 0..<5 { _ = try await api.submit("tenant_\(n)") }
            var seen: [String] = []
            var target = "/api/v1/jobs?limit=2&state=queued"
            while true {
                let page = try await api.client.get(target).json()
                let items = try #require(page["items"] as? [[String: Any]])
                seen += items.compactMap { $0["tenant_id"] as? String }
                #expect(items.allSatisfy { $0["steps"] == nil })
                guard let next = page["next_cursor"] as? String else { break }
                _ = try await api.submit("added_\(seen.count)")
                target = "/api/v1/jobs?limit=2&state=queued&cursor=\(next)"
            }
            #expect(seen == (0..<5).reversed().map { "tenant_\($0)" })
            let own = try await api.client.get("/api/v1/jobs?tenant_id=TENANT_3&kind=tenant.onboard").json()
            #expect((own["items"] as? [Any])?.count == 1)
        }
    }

    @Test("a cursor with other filters is 422")
    func foreignCursor() async throws {
        try await withAPI { api in
            for n in 0..<2 { _ = try await api.submit("tenant_\(n)") }
            let next = try #require(try await api.client.get("/api/v1/jobs?limit=1").json()["next_cursor"] as? String)
            let answer = try await api.client.get("/api/v1/jobs?limit=1&state=queued&cursor=\(next)")
            #expect(answer.status == 422)
        }
    }

    @Test("cancel ends an untouched job at once, repeats itself, and is too late for one that ended")
    func cancel() async throws {
        try await withAPI { api in
            let id = try await api.submit()
            for _ in 0..<2 {
                let answer = try await api.client.post("/api/v1/jobs/\(id)/cancel")
                #expect(answer.status == 202)
                #expect(try answer.json()["state"] as? String == "cancelled")
                #expect(try answer.json()["cancel_requested"] as? Bool == true)
            }
            let other = try await api.submit("another")
            try await api.succeed(try await api.claim())
            let late = try await api.client.post("/api/v1/jobs/\(other)/cancel", "{}")
            #expect(late.status == 409)
            #expect(try late.code() == "too_late")
            #expect(try await api.client.post("/api/v1/jobs/job_00000000000000000000000000000000/cancel").status == 404)
        }
    }

    @Test("retry takes a failed job only, and is the same when repeated with its key")
    func retry() async throws {
        try await withAPI { api in
            let id = try await api.submit()
            #expect(try await api.client.post("/api/v1/jobs/\(id)/retry").code() == "not_failed")
            try await api.fail(try await api.claim(), step: "create_dataset", code: "unavailable")
            let failed = try await api.client.get("/api/v1/jobs/\(id)").json()
            #expect((failed["error"] as? [String: Any])?["step"] as? String == "create_dataset")
            #expect((failed["links"] as? [String: String])?["retry"] == "/api/v1/jobs/\(id)/retry")
            let answer = try await api.client.post("/api/v1/jobs/\(id)/retry", nil, [("Idempotency-Key", "again")])
            #expect(answer.status == 202)
            #expect(answer["Location"] == "/api/v1/jobs/\(id)")
            #expect(try answer.json()["state"] as? String == "queued")
            let replay = try await api.client.post("/api/v1/jobs/\(id)/retry", nil, [("Idempotency-Key", "again")])
            #expect(replay.status == 202)
            #expect(replay["Idempotency-Replayed"] == "true")
        }
    }

    @Test("the API key is 409 before activation, shown once, then 410")
    func reveal() async throws {
        try await withAPI { api in
            let id = try await api.submit()
            #expect(try await api.client.post("/api/v1/jobs/\(id)/api-key").code() == "not_activated")
            try await api.succeed(try await api.claim(), apiKey: "acme_corp_api_xyz")
            let shown = try await api.client.post("/api/v1/jobs/\(id)/api-key")
            #expect(shown.status == 200)
            #expect(try shown.json()["api_key"] as? String == "acme_corp_api_xyz")
            #expect(try shown.json()["tenant_id"] as? String == "acme_corp")
            let gone = try await api.client.post("/api/v1/jobs/\(id)/api-key")
            #expect(gone.status == 410)
            #expect(try gone.code() == "api_key_gone")
        }
    }

    @Test("a dry-run has no API key")
    func noKey() async throws {
        try await withAPI { api in
            let id = try #require(try await api.client.post("/api/v1/tenants/dryrun", APIUnderTest.body()).json()["job_id"] as? String)
            let answer = try await api.client.post("/api/v1/jobs/\(id)/api-key")
            #expect(answer.status == 404)
            #expect(try answer.code() == "no_api_key")
        }
    }
}

extension JobRouteTests {
    @Test("a job that waits for its next attempt says which step, why, and until when", arguments: [
        (.retry, "retry"), (.breakerOpen, "breaker_open"),
    ] as [(WaitReason, String)])
    func retrying(reason: WaitReason, word: String) async throws {
        try await withAPI { api in
            let id = try await api.submit()
            let due = Due(after: .seconds(30), from: .system)
            try await api.advance(try await api.claim()) { advance in
                advance.moves = [.failedForNow]
                advance.fate = .waits(until: due, reason: reason, detail: "create_dataset")
                advance.failures = [
                    FailureRecord(
                        step: "create_dataset", direction: .run, attempt: 1, at: TimeSource.system.wall(), code: "unavailable",
                        message: "503 from the service", retryable: true, retryAt: due.wall),
                ]
            }
            let answer = try await api.client.get("/api/v1/jobs/\(id)")
            let waiting = try #require(try answer.json()["waiting"] as? [String: String])
            #expect(waiting["reason"] == word)
            #expect(waiting["until"] == due.wall.rfc3339)
            #expect(waiting["detail"]?.contains("create_dataset") == true)
            #expect(Int(answer["Retry-After"] ?? "").map { (25...31).contains($0) } == true)
            let steps = try #require(try answer.json()["steps"] as? [[String: Any]])
            let failures = steps.first { $0["name"] as? String == "create_dataset" }?["failures"] as? [[String: Any]]
            #expect(failures?.first?["code"] as? String == "unavailable")
        }
    }

    @Test("a retry claims the tenant again: 409 while another job has it")
    func retryBusy() async throws {
        try await withAPI { api in
            let first = try await api.submit()
            try await api.fail(try await api.claim(), step: "create_dataset", code: "unavailable")
            let second = try await api.submit()
            let answer = try await api.client.post("/api/v1/jobs/\(first)/retry")
            #expect(answer.status == 409)
            #expect(try answer.json()["job_id"] as? String == second)
        }
    }

    @Test("a closed store is 503, never 500")
    func closedStore() async throws {
        let api = try await APIUnderTest()
        try await api.store.close()
        let answer = try await api.client.post("/api/v1/tenants/onboard", APIUnderTest.body())
        #expect(answer.status == 503)
        #expect(try answer.code() == "stopping")
        #expect(try await api.client.get("/health/ready").status == 503)
    }
}
