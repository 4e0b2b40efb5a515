// SPDX-License-Identifier: Apache-2.0
import JSON
import Testing

@Suite("the intake")
struct IntakeTests {
    @Test("of two submissions for one tenant at the same instant one is accepted and one refused, 100 times over")
    func sameInstant() async throws {
        let daemon = try await DaemonProcess.start(try Home())
        #expect(try await daemon.client.post("/api/v1/queue/pause").status == 200)
        let url = daemon.url
        let rounds = try await blocking {
            let pair = [try RawConnection(url), try RawConnection(url)]
            return try (0..<100).map { round in
                // The same id in two cases is one tenant.
                let ids = ["race_\(round)", round.isMultiple(of: 2) ? "race_\(round)" : "RACE_\(round)"]
                let requests = ids.map { Array(Self.request($0).utf8) }
                for (connection, request) in zip(pair, requests) { try connection.send(request.dropLast()) }
                for (connection, request) in zip(pair, requests) { try connection.send(request.suffix(1)) }
                return try pair.compactMap { try $0.answer() }.sorted { $0.status < $1.status }
            }
        }
        for answers in rounds {
            #expect(answers.map(\.status) == [202, 409])
            #expect(answers.last?.code == "tenant_busy")
            #expect(answers.first?.jobID == answers.last?.jobID)
        }
        let live = try Home.rows(daemon.home.jobStore, "SELECT count(*) FROM job WHERE kind = 'tenant.onboard'")
        #expect(live == [["100"]])
    }

    @Test("kill -9 right after a 202: the job is there after the restart, and ends")
    func killAfterAcceptance() async throws {
        let home = try Home()
        var acknowledged: [String] = []
        for round in 0..<8 {
            let daemon = try await DaemonProcess.start(home)
            let url = daemon.url
            let answer = try await blocking {
                let connection = try RawConnection(url)
                try connection.send(Self.request("tenant_\(round)").utf8)
                let answer = try connection.answer()
                daemon.process.signal(9)
                return answer
            }
            #expect(answer?.status == 202)
            acknowledged += [answer?.jobID].compactMap(\.self)
            #expect(try await daemon.process.exitCode() == 128 + 9)
        }
        let daemon = try await DaemonProcess.start(home)
        for job in acknowledged { #expect(try await daemon.client.job(job, wait: 60).json["state"] == .string("succeeded")) }
        try expectOnboardedOnce(home, (0..<8).map { "tenant_\($0)" })
    }

    @Test("an idempotency key holds over a restart: same body, same job; another body is refused")
    func idempotencyOverRestart() async throws {
        let home = try Home()
        var daemon = try await DaemonProcess.start(home)
        let key = [("Idempotency-Key", "\"order 1\"")]
        let first = try await daemon.client.onboard("acme_corp", key)
        #expect(first.status == 202 && first["Idempotency-Replayed"] == nil)
        _ = try await daemon.client.job(first.jobID, wait: 60)
        #expect(try await daemon.stop() == 0)

        daemon = try await DaemonProcess.start(home)
        let again = try await daemon.client.onboard("acme_corp", [("Idempotency-Key", "order 1")])
        #expect(again.status == 202 && again["Idempotency-Replayed"] == "true")
        #expect(again.jobID == first.jobID && again.json["status"] == .string("succeeded"))
        let withKey = try await daemon.client.onboard("acme_corp", key + [("Prefer", "wait=5")])
        #expect(withKey.status == 200 && withKey.json["api_key"].text != nil)
        let withoutKey = try await daemon.client.onboard("acme_corp", key + [("Prefer", "wait=5")])
        #expect(withoutKey.status == 200 && withoutKey.json["api_key"] == .null)
        let other = try await daemon.client.onboard("acme_corp", plan: "SCALE", key)
        #expect(other.status == 422 && other.code == "idempotency_key_reused" && other.jobID == first.jobID)
    }

    @Test("a full queue is a 503 that says when to come back, and harms nothing that is in it")
    func fullQueue() async throws {
        let home = try Home()
        try home.configure("limits:\n  queue_depth: 2\n")
        let daemon = try await DaemonProcess.start(home)
        let client = daemon.client
        _ = try await client.post("/api/v1/queue/pause")
        #expect(try await client.onboard("first").status == 202)
        #expect(try await client.onboard("second").status == 202)
        let refused = try await client.onboard("third")
        #expect(refused.status == 503 && refused.code == "queue_full" && refused["Retry-After"] != nil)
        let ready = try await client.get("/health/ready")
        #expect(ready.status == 503 && ready.code == "not_ready" && ready.text.contains("the queue is full"))
        _ = try await client.post("/api/v1/queue/resume")
        for tenant in ["first", "second"] {
            let jobs = try await client.get("/api/v1/jobs?tenant_id=\(tenant)").json["items"].list
            #expect(try await client.job(jobs[0]["job_id"].text ?? "", wait: 60).json["state"] == .string("succeeded"))
        }
        #expect(try await client.onboard("third").status == 202)
    }

    private static func request(_ tenant: String) -> String {
        let body = Client.tenant(tenant)
        return """
            POST /api/v1/tenants/onboard HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n\
            Content-Length: \(body.utf8.count)\r\n\r\n\(body)
            """
    }
}
