// SPDX-License-Identifier: Apache-2.0
import Foundation
import ScriptedServer
import Testing

/// What goes over the wire.
@Suite(.timeLimit(.minutes(1))) struct RequestTests {
    static let accepted = #"{"job_id":"job_019abc","status":"queued","tenant_id":"acme_corp","status_url":"/x"}"#

    @Test("a file is sent as it is", arguments: ["submit", "dryrun"])
    func file(command: String) async throws {
        let server = try ScriptedServer { _ in .json(202, Self.accepted) }
        defer { server.stop() }
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let body = "{ \"tenant_id\" : \"x\" ,\n\"odd\":1.0}\n"
        _ = try await Onboardctl.run(command, try folder.write("request.json", body), server: server)
        _ = try await Onboardctl.run(command, "-", server: server, input: body)
        #expect(server.requests.map(\.text) == [body, body])
        #expect(server.requests.allSatisfy { $0.headers["content-type"] == "application/json" && $0.method == "POST" })
        #expect(server.requests.allSatisfy { $0.headers["prefer"] == nil })
    }

    @Test("options become the request")
    func options() async throws {
        let server = try ScriptedServer { _ in .json(202, Self.accepted) }
        defer { server.stop() }
        let run = try await Onboardctl.run(
            "submit", "--tenant-id", "acme_corp", "--company-name", "A \"quoted\" name, ünïcode", "--admin-email=a@b.example",
            "--subscription-plan", "SCALE", "--priority", "9", "--idempotency-key", "k1", server: server)
        #expect(run.exitCode == 0)
        let request = try #require(server.requests.first)
        #expect(request.target == "/api/v1/tenants/onboard")
        #expect(request.headers["idempotency-key"] == "k1")
        let object = try #require(try JSONSerialization.jsonObject(with: Data(request.body)) as? [String: Any])
        #expect(Set(object.keys) == ["tenant_id", "company_name", "admin_email", "subscription_plan", "priority"])
        #expect(object["company_name"] as? String == "A \"quoted\" name, ünïcode")
        #expect(object["priority"] as? Int == 9)
    }

    @Test("a command asks its route", arguments: [
        (["status", "a/../b c"], "GET /api/v1/jobs/a%2F..%2Fb%20c"),
        (["retry", "job_1"], "POST /api/v1/jobs/job_1/retry"),
        (["cancel", "job_1"], "POST /api/v1/jobs/job_1/cancel"),
        (["reveal-key", "job_1"], "POST /api/v1/jobs/job_1/api-key"),
        (["list", "--state", "failed", "--kind", "tenant.onboard", "--tenant-id", "a&b", "--limit", "7"],
         "GET /api/v1/jobs?state=failed&kind=tenant.onboard&tenant_id=a%26b&limit=7"),
        (["tenants"], "GET /api/v1/tenants"), (["tenants", "acme"], "GET /api/v1/tenants/acme"),
        (["view", "acme", "--limit", "5"], "GET /api/v1/tenants/acme/view?limit=5"),
        (["query", "acme", "SELECT 1"], "POST /api/v1/tenants/acme/query"),
        (["pause"], "POST /api/v1/queue/pause"), (["resume"], "POST /api/v1/queue/resume"),
    ])
    func route(words: [String], expected: String) async throws {
        let server = try ScriptedServer { _ in .json(404, "{}") }
        defer { server.stop() }
        _ = try await Onboardctl.run(words: words, server: server)
        #expect(server.requests.map { "\($0.method) \($0.target)" } == [expected])
    }

    @Test("--all follows the cursor to the end")
    func pages() async throws {
        let server = try ScriptedServer { request in
            let item = Documents.job("succeeded")
            return request.target.contains("cursor=a%2B1")
                ? .json(200, #"{"items":[\#(item)]}"#) : .json(200, #"{"items":[\#(item)],"next_cursor":"a+1"}"#)
        }
        defer { server.stop() }
        let run = try await Onboardctl.run("list", "--all", server: server)
        #expect(run.outputLines.count == 3)
        #expect(run.outputLines.filter { $0.hasPrefix("job ") }.count == 1)
        #expect(server.requests.map(\.target) == ["/api/v1/jobs", "/api/v1/jobs?cursor=a%2B1"])
        let first = try await Onboardctl.run("list", server: server)
        #expect(first.outputLines.count == 2)
        #expect(first.errors.contains("--all"))
    }

    @Test("the server is --url, else ONBOARDD_URL; a unix socket will do")
    func address() async throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let path = folder.file("s").path
        let server = try ScriptedServer(unixSocket: path) { _ in .json(200, Documents.job("queued")) }
        defer { server.stop() }
        let byOption = try await Onboardctl.run(
            "status", "job_1", "--url", "unix:\(path)", environment: ["ONBOARDD_URL": "http://127.0.0.1:0"])
        #expect(byOption.exitCode == 0)
        let byVariable = try await Onboardctl.run("status", "job_1", environment: ["ONBOARDD_URL": "unix:\(path)"])
        #expect(byVariable.exitCode == 0)
    }
}
