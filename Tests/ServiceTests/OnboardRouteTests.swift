// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPServer
import JobQueue
import Testing
import Time

@Suite(.timeLimit(.minutes(2)))
struct OnboardRouteTests {
    private static let path = "/api/v1/tenants/onboard"

    @Test("a submission is 202 with the job's place, and the job is in the store")
    func accepted() async throws {
        try await withAPI { api in
            let answer = try await api.client.post(Self.path, APIUnderTest.body("Acme_Corp", #","priority":9"#))
            let submission = try answer.json()
            let id = try #require(submission["job_id"] as? String)
            #expect(answer.status == 202)
            #expect(answer["Location"] == "/api/v1/jobs/\(id)")
            #expect(submission["status_url"] as? String == "/api/v1/jobs/\(id)")
            #expect(submission["status"] as? String == "queued")
            #expect(submission["tenant_id"] as? String == "Acme_Corp")
            #expect(answer["Preference-Applied"] == nil)
            let jobID = try #require(JobID(id))
            let job = try #require(try await api.store.snapshot(of: jobID))
            #expect(job.job.priority == 9)
            #expect(job.job.submitter == "local")
        }
    }

    @Test("a second submission of a tenant, in any case, is 409 with the job that is in the way")
    func busy() async throws {
        try await withAPI { api in
            let id = try await api.submit("acme_corp")
            let answer = try await api.client.post(Self.path, APIUnderTest.body("ACME_corp"))
            #expect(answer.status == 409)
            #expect(try answer.code() == "tenant_busy")
            #expect(try answer.json()["job_url"] as? String == "/api/v1/jobs/\(id)")
        }
    }

    @Test("what a failed job left behind holds the id, and the job is named")
    func leftovers() async throws {
        try await withAPI { api in
            let id = try await api.submit()
            try await api.fail(try await api.claim(), step: "create_dataset", code: "unavailable", leftovers: "[]")
            let answer = try await api.client.post(Self.path, APIUnderTest.body())
            #expect(answer.status == 409)
            #expect(try answer.code() == "leftovers")
            #expect(try answer.json()["job_id"] as? String == id)
        }
    }

    @Test("a full queue is 503 with Retry-After")
    func full() async throws {
        try await withAPI(store: .init(queueDepth: 1)) { api in
            _ = try await api.submit("first_one")
            let answer = try await api.client.post(Self.path, APIUnderTest.body("second_one"))
            #expect(answer.status == 503)
            #expect(try answer.code() == "queue_full")
            #expect(answer["Retry-After"] != nil)
            let ready = try await api.client.get("/health/ready")
            #expect(ready.status == 503)
            #expect((try ready.json()["reasons"] as? [String])?.first?.contains("full") == true)
        }
    }

    @Test("the same key and body enqueue once, quoted or bare; another body is 422")
    func idempotency() async throws {
        try await withAPI { api in
            let first = try await api.client.post(Self.path, APIUnderTest.body(), [("Idempotency-Key", "k-1")])
            #expect(first["Idempotency-Replayed"] == nil)
            _ = try await api.claim()
            let again = try await api.client.post(Self.path, APIUnderTest.body(), [("Idempotency-Key", "\"k-1\"")])
            #expect(again.status == 202)
            #expect(again["Idempotency-Replayed"] == "true")
            #expect(try again.json()["job_id"] as? String == first.json()["job_id"] as? String)
            #expect(try again.json()["status"] as? String == "running")
            let other = try await api.client.post(Self.path, APIUnderTest.body("another"), [("Idempotency-Key", "k-1")])
            #expect(other.status == 422)
            #expect(try other.code() == "idempotency_key_reused")
        }
    }

    /// Submits with a wait, lets `work` play the worker, and gives the answer.
    private func waited(
        _ api: APIUnderTest, _ headers: [(String, String)] = [("Prefer", "wait=60")], body: String = APIUnderTest.body(),
        _ work: (ClaimedJob) async throws -> Void
    ) async throws -> APIClient.Answer {
        async let answer = api.client.post(Self.path, body, headers)
        while api.store.changes.watchCount < 1 { await Task.yield() }
        try await work(try await api.claim())
        return try await answer
    }

    @Test("a wait ends with the seed system's answer, and its key is shown once")
    func done() async throws {
        try await withAPI { api in
            let headers = [("Prefer", "respond-async, wait=70"), ("Idempotency-Key", "once")]
            let answer = try await waited(api, headers) { try await api.succeed($0, apiKey: "acme_corp_api_1") }
            let result = try answer.json()
            #expect(answer.status == 200)
            #expect(answer["Preference-Applied"] == "wait=60")
            #expect(result["api_key"] as? String == "acme_corp_api_1")
            #expect(result["tables_created"] as? [String] == ["onboarding_validation_test"])
            let id = try #require(result["job_id"] as? String)
            #expect(try await api.client.post("/api/v1/jobs/\(id)/api-key").status == 410)
            let replay = try await api.client.post(Self.path, APIUnderTest.body(), headers)
            #expect(replay.status == 200)
            #expect(replay["Idempotency-Replayed"] == "true")
            #expect(try replay.json()["api_key"] == nil)
        }
    }

    @Test("an answer with the key that could not be handed over does not use it up", arguments: [true, false])
    func undelivered(hasWaited: Bool) async throws {
        try await withAPI { api in
            let key = [("Idempotency-Key", "k")]
            let id = try #require(
                try await api.client.post(Self.path, APIUnderTest.body(), key).json()["job_id"] as? String)
            try await api.succeed(try await api.claim(), apiKey: "acme_corp_api_2")
            let reveal = HTTPRequest(method: "POST", target: "/api/v1/jobs/\(id)/api-key")
            let replay = HTTPRequest(
                method: "POST", target: Self.path, headers: key + [("Prefer", "wait=60")], body: Array(APIUnderTest.body().utf8))
            let lost = await api.response(to: hasWaited ? replay : reveal)
            #expect(lost.status == 200)
            #expect(String(decoding: lost.body, as: UTF8.self).contains("acme_corp_api_2"))
            let meanwhile = await api.response(to: reveal)
            #expect(meanwhile.status == 410)
            lost.onDelivery?(false)
            var shown = await api.response(to: reveal)
            while shown.status == 410 { shown = await api.response(to: reveal) }
            #expect(String(decoding: shown.body, as: UTF8.self).contains("acme_corp_api_2"))
            shown.onDelivery?(true)
            let after = await api.response(to: reveal)
            #expect(after.status == 410)
        }
    }

    @Test("a refused dry-run is 422 with what the checks found")
    func refused() async throws {
        try await withAPI { api in
            let output = #"{"validation_results":[{"check_name":"central_tables","status":"FAILED","error":"missing_table"}]}"#
            let answer = try await waited(api) { try await api.fail($0, step: "dryrun", code: "dryrun_failed", output: output) }
            #expect(answer.status == 422)
            #expect(try answer.code() == "dryrun_failed")
            #expect((try answer.json()["validation_results"] as? [Any])?.count == 1)
            #expect(try answer.json()["job_id"] is String)
            #expect(answer["Preference-Applied"] == "wait=60")
        }
    }

    @Test("a tenant that the checks found, or a step did, is 409", arguments: [
        ("dryrun", "tenant_exists", #"{"validation_results":[{"check_name":"tenant_existence","status":"FAILED","error":"tenant_exists"}]}"#),
        ("create_dataset", "dataset_exists", nil),
    ] as [(String, String, String?)])
    func exists(step: String, code: String, output: String?) async throws {
        try await withAPI { api in
            let answer = try await waited(api) { try await api.fail($0, step: step, code: code, output: output) }
            #expect(answer.status == 409)
            #expect(try answer.code() == "tenant_exists")
        }
    }

    @Test("causes that should have passed and did not are 502", arguments: [
        ("create_dataset", "unavailable", nil),
        ("dryrun", "dryrun_failed", #"{"validation_results":[{"check_name":"bigquery_connectivity","status":"FAILED","error":"timeout"}]}"#),
    ] as [(String, String, String?)])
    func exhausted(step: String, code: String, output: String?) async throws {
        try await withAPI { api in
            let answer = try await waited(api) { try await api.fail($0, step: step, code: code, retryable: true, output: output) }
            #expect(answer.status == 502)
            #expect(try answer.code() == "onboarding_failed")
            #expect(try answer.json()["job_id"] is String)
        }
    }

    @Test("a cancelled onboarding is 409 to who waits for it")
    func cancelled() async throws {
        try await withAPI { api in
            async let answer = api.client.post(Self.path, APIUnderTest.body(), [("Prefer", "wait=60")])
            while api.store.changes.watchCount < 1 { await Task.yield() }
            let id = try #require(try await api.store.jobs(JobFilter(), limit: 1).first?.id)
            try await api.store.cancel(id)
            #expect(try await answer.status == 409)
            #expect(try await answer.code() == "job_cancelled")
        }
    }

    @Test("a wait that is over is 202 with the job's state")
    func over() async throws {
        try await withAPI { api in
            let answer = try await api.client.post(Self.path, APIUnderTest.body(), [("Prefer", "wait=1")])
            #expect(answer.status == 202)
            #expect(answer["Preference-Applied"] == "wait=1")
        }
    }

    @Test("nobody waits for a paused queue, for a run_at ahead, while stopping, or beyond limits.waiters")
    func atOnce() async throws {
        try await withAPI(limits: .init(waiters: 1)) { api in
            func isAtOnce(_ tenantID: String, _ more: String = "") async throws -> Bool {
                let answer = try await api.client.post(Self.path, APIUnderTest.body(tenantID, more), [("Prefer", "wait=60")])
                return answer.status == 202 && answer["Preference-Applied"] == nil
            }
            #expect(try await isAtOnce("ahead", #","run_at":"2099-01-01T00:00:00Z""#))
            try await api.store.setPaused(true)
            #expect(try await isAtOnce("paused"))
            try await api.store.setPaused(false)
            async let waiting = api.client.get("/api/v1/jobs/\(try await api.submit("held"))?wait=60")
            while api.store.changes.watchCount < 1 { await Task.yield() }
            #expect(try await isAtOnce("beyond"))
            api.change { $0.isStopping = true }
            api.store.changes.close()
            #expect(try await waiting.status == 200)
            #expect(try await isAtOnce("stopping"))
        }
    }

    @Test("intake.default_wait_seconds waits for clients that send no Prefer, and only for those")
    func usualWait() async throws {
        try await withAPI(limits: .init(defaultWait: .seconds(60))) { api in
            #expect(try await api.client.post(Self.path, APIUnderTest.body("other"), [("Prefer", "respond-async")]).status == 202)
            _ = try await api.claim()
            let answer = try await waited(api, []) { try await api.succeed($0) }
            #expect(answer.status == 200)
            #expect(answer["Preference-Applied"] == nil)
        }
    }
}
