// SPDX-License-Identifier: Apache-2.0
import ScriptedServer
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(1))) struct WatchTests {
    /// The job's documents, one for each ask, each with a tag of its own; the last one stays.
    static func story(_ documents: [String]) throws -> ScriptedServer {
        let told = Mutex(0)
        return try ScriptedServer { _ in
            let number = told.withLock { told in
                defer { told += 1 }
                return min(told, documents.count - 1)
            }
            return .json(200, documents[number], headers: ["ETag": "\"\(number)\""])
        }
    }

    static let onboarding = [
        Documents.job("queued", more: #","waiting":{"reason":"queue","detail":"2 jobs are before it"}"#),
        Documents.job("running", steps: [
            Documents.step("dryrun", "succeeded", finished: "2026-01-31T12:00:01.123Z", ms: 4),
            Documents.step("create_dataset", "retrying", attempt: 1, failure: "503 from the warehouse"),
        ], more: #","started_at":"2026-01-31T12:00:01.000Z""#),
        Documents.job("succeeded", steps: [
            Documents.step("dryrun", "succeeded", finished: "2026-01-31T12:00:01.123Z", ms: 4),
            Documents.step("create_dataset", "succeeded", attempt: 2, finished: "2026-01-31T12:00:09.200Z", ms: 1250),
        ], more: #"""
            ,"finished_at":"2026-01-31T12:00:09.300Z","warnings":["the mail was not sent"],
            "result":{"message":"done","tenant_id":"acme_corp","tables_created":["a","b"]}
            """#),
    ]

    @Test("plain output is one line a change and the outcome")
    func plain() async throws {
        let server = try Self.story(Self.onboarding)
        defer { server.stop() }
        let run = try await Onboardctl.run("watch", "job_019abc", server: server)
        #expect(run.exitCode == 0)
        #expect(run.output == """
            12:00:00.000 job queued: 2 jobs are before it
            12:00:00.500 create_dataset retrying: 503 from the warehouse; again at 12:00:09.000
            12:00:01.000 job running
            12:00:01.123 dryrun succeeded 4 ms
            12:00:09.200 create_dataset succeeded attempt 2 1.3 s
            12:00:09.300 job succeeded

            job                job_019abc
            state              succeeded
            result
              tenant_id          acme_corp
              tables_created     a, b
              message            done
            warnings:
              - the mail was not sent
            next               onboardctl reveal-key job_019abc   (shows the API key once)

            """)
    }

    @Test("it asks with the last tag and lets the server hold the answer")
    func longPoll() async throws {
        let server = try Self.story(Self.onboarding)
        defer { server.stop() }
        _ = try await Onboardctl.run("watch", "job_1", server: server)
        #expect(server.requests.map(\.target) == [
            "/api/v1/jobs/job_1", "/api/v1/jobs/job_1?wait=30", "/api/v1/jobs/job_1?wait=30",
        ])
        #expect(server.requests.map { $0.headers["if-none-match"] } == [nil, "\"0\"", "\"1\""])
    }

    @Test("with --json every document is printed as it came")
    func json() async throws {
        let server = try Self.story(Self.onboarding)
        defer { server.stop() }
        let run = try await Onboardctl.run("watch", "job_1", "--json", server: server)
        #expect(run.output == Self.onboarding.map { $0 + "\n" }.joined())
    }

    @Test("a job that does not succeed exits 1 and says what to do next", arguments: [
        ("failed", "onboardctl retry job_019abc"), ("cancelled", "onboardd reconcile --fix"),
    ])
    func unsuccessful(state: String, advice: String) async throws {
        let server = try Self.story([Documents.job(state, more: #"""
            ,"leftovers":[{"code":"dataset","message":"acme_corp is still there","step":"create_dataset"}],
            "error":{"step":"create_dataset","code":"forbidden","message":"grant the role","retryable":false}
            """#)])
        defer { server.stop() }
        let run = try await Onboardctl.run("watch", "job_1", server: server)
        #expect(run.exitCode == 1)
        #expect(run.output.contains("error              create_dataset: forbidden: grant the role"))
        #expect(run.output.contains("  - dataset: acme_corp is still there {step: \"create_dataset\"}"))
        #expect(run.output.contains(advice))
    }

    @Test("an unheld 304 is followed by a pause, not by the next ask")
    func noBusyLoop() async throws {
        let asked = Mutex(0)
        let server = try ScriptedServer { _ in
            let number = asked.withLock { asked in
                asked += 1
                return asked
            }
            let document = Documents.job(number < 3 ? "queued" : "succeeded")
            return number == 2 ? .answer(304, headers: ["ETag": "\"1\""])
                : .json(200, document, headers: ["ETag": "\"\(number)\""])
        }
        defer { server.stop() }
        let clock = ContinuousClock()
        let began = clock.now
        #expect(try await Onboardctl.run("watch", "job_1", server: server).exitCode == 0)
        #expect(clock.now - began >= .seconds(1))
        #expect(server.requests.count == 3)
    }

    @Test("it goes on when the server is restarted")
    func restart() async throws {
        // Cut off in the middle of an answer: what is lost before one, libcurl asks for again by itself.
        let first = try ScriptedServer { request in
            request.headers["if-none-match"] == nil
                ? .json(200, Documents.job("running"), headers: ["ETag": "\"1\""])
                : .raw("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n")
        }
        async let run = Onboardctl.run("watch", "job_1", server: first)
        // The third comes after the client has met the cut and said so.
        await first.arrivals(3)
        first.stop()
        let second = try ScriptedServer(port: first.port) { _ in .json(200, Documents.job("succeeded")) }
        defer { second.stop() }
        let ended = try await run
        #expect(ended.exitCode == 0)
        #expect(ended.errors.contains("trying again"))
        #expect(ended.output.contains("job succeeded"))
    }

    @Test("a server that answers 503 while it stops is waited for")
    func stopping() async throws {
        let asked = Mutex(0)
        let server = try ScriptedServer { _ in
            let isFirst = asked.withLock { asked in
                asked += 1
                return asked == 1
            }
            return isFirst ? .json(503, #"{"title":"Stopping"}"#) : .json(200, Documents.job("succeeded"))
        }
        defer { server.stop() }
        #expect(try await Onboardctl.run("watch", "job_1", server: server).exitCode == 0)
    }

    @Test("patience ends", arguments: ["0", "1"])
    func patience(seconds: String) async throws {
        let run = try await Onboardctl.run("watch", "j", "--patience", seconds, "--url", "unix:/nonexistent/s")
        #expect(run.exitCode == 3)
    }

    @Test("a job that does not exist is not waited for")
    func missing() async throws {
        let server = try ScriptedServer { _ in .json(404, #"{"title":"No such job"}"#) }
        defer { server.stop() }
        #expect(try await Onboardctl.run("watch", "job_1", server: server).exitCode == 1)
        #expect(server.requests.count == 1)
    }

    @Test("submit --watch prints the id and goes on to the end")
    func submitWatch() async throws {
        let server = try ScriptedServer { request in
            request.method == "POST" ? .json(202, RequestTests.accepted) : .json(200, Documents.job("failed"))
        }
        defer { server.stop() }
        let run = try await Onboardctl.run("submit", "-", "--watch", server: server)
        #expect(run.exitCode == 1)
        #expect(run.outputLines.first == "job_019abc")
        #expect(run.output.contains("job failed"))
    }
}
