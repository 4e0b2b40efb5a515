// SPDX-License-Identifier: Apache-2.0
import Foundation
import ScriptedServer
import Testing

/// What stands on standard output and error where they are no terminal.
@Suite(.timeLimit(.minutes(1))) struct OutputTests {
    func run(_ words: String..., status: Int = 200, answer: String) async throws -> Onboardctl {
        let server = try ScriptedServer { _ in .json(status, answer, headers: ["X-Request-Id": "req-1"]) }
        defer { server.stop() }
        return try await Onboardctl.run(words: words, server: server)
    }

    @Test("submit prints the job's id and nothing else")
    func submit() async throws {
        let run = try await run("submit", "-", status: 202, answer: RequestTests.accepted)
        #expect(run.output == "job_019abc\n")
        #expect(run.errors.isEmpty)
    }

    @Test("a submission answered with the finished job still prints the id, and does not lose the key")
    func submitWaited() async throws {
        let run = try await run("submit", "-", answer: #"{"job_id":"job_1","tenant_id":"a","api_key":"a_api_k"}"#)
        #expect(run.output == "job_1\n")
        #expect(run.errors.contains("a_api_k"))
    }

    @Test("reveal-key prints the key and nothing else")
    func revealKey() async throws {
        let run = try await run("reveal-key", "job_1", answer: #"{"job_id":"job_1","tenant_id":"a","api_key":"a_api_k"}"#)
        #expect(run.output == "a_api_k\n")
    }

    @Test("--json prints the server's bytes", arguments: [
        ["submit", "-"], ["dryrun", "-"], ["status", "j"], ["list"], ["tenants"], ["tenants", "a"], ["view", "a"],
        ["query", "a", "SELECT 1"], ["retry", "j"], ["cancel", "j"], ["reveal-key", "j"], ["pause"], ["resume"],
    ])
    func json(words: [String]) async throws {
        let answer = #"{"job_id":"j",  "state":"queued","items":[],"api_key":"k","ready_for_onboarding":true,"#
            + #""validation_results":[],"columns":[],"rows":[], "exact": 1.000}"#
        let server = try ScriptedServer { _ in .json(200, answer) }
        defer { server.stop() }
        let run = try await Onboardctl.run(words: words + ["--json"], server: server)
        #expect(run.output == answer + "\n")
        #expect(run.exitCode == 0)
    }

    @Test("a problem is printed for people, on stderr")
    func problem() async throws {
        let run = try await run("submit", "-", status: 422, answer: Documents.problem)
        #expect(run.output.isEmpty)
        #expect(run.errors == """
            onboardctl: Validation failed (422)
              the request has 2 faults
              tenant_id: give 3 to 50 characters
              colour: remove it
              job_url: /api/v1/jobs/job_7
              request id: req-1

            """)
    }

    @Test("a detail that only repeats the field's fault is not shown twice")
    func problemOnce() async throws {
        let run = try await run("list", status: 422, answer: #"""
            {"title":"Wrong query","detail":"query parameter kind: must be a kind",
             "errors":[{"field":"kind","message":"must be a kind"}]}
            """#)
        #expect(run.errors.components(separatedBy: "must be a kind").count == 2)
    }

    @Test("with --json a problem is printed as it came")
    func problemAsJSON() async throws {
        let run = try await run("submit", "-", "--json", status: 422, answer: Documents.problem)
        #expect(run.errors == Documents.problem + "\n")
    }

    @Test("an error in plain text is shown, but not whole")
    func plainError() async throws {
        let run = try await run("list", status: 502, answer: "Bad Gateway" + String(repeating: "!", count: 1000))
        #expect(run.errors.contains("(502)\n  Bad Gateway!!"))
        #expect(run.errors.utf8.count < 300)
    }

    @Test("a text from the server cannot steer the terminal")
    func controlCharacters() async throws {
        let run = try await run("status", "j", answer: Documents.job("failed", more: #","error":{"message":"\u001b[2Jgone"}"#))
        #expect(run.output.contains("[2Jgone"))
        #expect(!run.output.contains("\u{1B}"))
    }

    @Test("status tells why a job waits")
    func status() async throws {
        let waiting = #","waiting":{"reason":"paused","detail":"the queue is paused: onboardctl resume"}"#
        let run = try await run("status", "j", answer: Documents.job(
            "retrying", steps: [Documents.step("create_dataset", "retrying", attempt: 2, failure: "no answer")], more: waiting))
        #expect(run.output.contains("waiting            the queue is paused: onboardctl resume"))
        #expect(run.output.contains("create_dataset"))
        #expect(run.output.contains("attempt 2  no answer; again at 12:00:09.000"))
    }

    @Test("a dry-run is a table of its checks")
    func dryRun() async throws {
        let run = try await run("dryrun", "-", answer: Documents.dryRun)
        #expect(run.output == """
            check             status              message  ms
            tenant_id_format  PASSED              fits      0
            dryrun_config     WARNING (advisory)  missing  12

            acme_corp: ready for onboarding: all checks passed

            """)
    }

    @Test("rows are aligned, and what is cut off is told")
    func rows() async throws {
        let run = try await run("query", "a", "SELECT 1", answer: #"""
            {"columns":[{"name":"id","type":"INTEGER"},{"name":"name","type":"TEXT"},{"name":"tags","type":"JSON"}],
             "rows":[[1,"one",["a"]],[200,null,{"k":true}],[-1.5,"x\ny",[]]],"truncated":true}
            """#)
        #expect(run.output == """
            id    name  tags
               1  one   ["a"]
             200  NULL  {k: true}
            -1.5  x\u{FFFD}y   []

            """)
        #expect(run.errors.contains("truncated"))
    }

    @Test("tenants are a table, one tenant a card")
    func tenants() async throws {
        let tenant = #"{"tenant_id":"acme","status":"ACTIVE","limits":{"daily":6},"jobs":["job_1","job_2"],"dataset":null}"#
        let list = try await run("tenants", answer: #"{"items":[\#(tenant)]}"#)
        #expect(list.outputLines.last?.hasPrefix("acme ") == true)
        let card = try await run("tenants", "acme", answer: tenant)
        #expect(card.output.contains("limits\n  daily              6\n"))
        #expect(card.output.contains("jobs               job_1, job_2"))
    }
}
