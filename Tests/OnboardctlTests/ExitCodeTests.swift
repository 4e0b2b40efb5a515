// SPDX-License-Identifier: Apache-2.0
import Foundation
import ScriptedServer
import Testing

@Suite(.timeLimit(.minutes(1))) struct ExitCodeTests {
    @Test("wrong usage exits 2 before any request", arguments: [
        [], ["frobnicate"], ["offboard", "acme"], ["rotate-key", "acme"], ["top"], ["status"], ["status", "a", "b"],
        ["list", "--limit", "1000"], ["list", "--state", "lost"], ["submit"], ["submit", "--tenant-id", "acme"],
        ["submit", "-", "--tenant-id", "acme"], ["submit", "/nonexistent/file"], ["dryrun", "-", "--priority", "3"],
        ["list", "--url", "localhost:8080"], ["list", "--url", "unix:relative"], ["list", "--url", "http://me:pw@127.0.0.1"],
        ["list", "--token-file", "/nonexistent/file"],
    ])
    func usage(words: [String]) async throws {
        let server = try ScriptedServer { _ in .json(200, #"{"items":[]}"#) }
        defer { server.stop() }
        let run = try await Onboardctl.run(words: words, server: server)
        #expect(run.exitCode == 2)
        #expect(run.output.isEmpty)
        #expect(run.errors.hasPrefix("onboardctl: "))
        #expect(server.requests.isEmpty)
    }

    @Test("a mistyped command is guessed")
    func guess() async throws {
        #expect(try await Onboardctl.run("sumbit").errors.contains("did you mean \"submit\"?"))
    }

    @Test("help and version exit 0", arguments: [["--help"], ["help"], ["help", "watch"], ["submit", "--help"], ["--version"]])
    func help(words: [String]) async throws {
        let run = try await Onboardctl.run(words: words)
        #expect(run.exitCode == 0)
        #expect(run.output.contains("onboardctl"))
    }

    @Test("every command has help", arguments: [
        "submit", "dryrun", "status", "watch", "list", "retry", "cancel", "reveal-key", "tenants", "view", "query", "pause",
        "resume",
    ])
    func commandHelp(name: String) async throws {
        let run = try await Onboardctl.run(name, "--help")
        #expect(run.exitCode == 0)
        #expect(run.output.contains("usage: onboardctl \(name)"))
        #expect(run.output.contains("--json"))
    }

    @Test("an error answer exits 1", arguments: [400, 403, 404, 409, 410, 422, 429, 500, 501, 503])
    func refused(status: Int) async throws {
        let server = try ScriptedServer { _ in .json(status, #"{"title":"No","status":1}"#) }
        defer { server.stop() }
        let run = try await Onboardctl.run("status", "job_1", server: server)
        #expect(run.exitCode == 1)
        #expect(run.errors == "onboardctl: No (\(status))\n")
    }

    @Test("an unreachable server exits 3 and is named")
    func unreachable() async throws {
        let run = try await Onboardctl.run("list", "--url", "unix:/nonexistent/onboardd.sock")
        #expect(run.exitCode == 3)
        #expect(run.errors.contains("cannot reach unix:/nonexistent/onboardd.sock"))
    }

    @Test("a change that may have happened says so", arguments: [["retry", "job_1"], ["submit", "-"]])
    func unknownOutcome(words: [String]) async throws {
        let server = try ScriptedServer { _ in .closeConnection }
        defer { server.stop() }
        let run = try await Onboardctl.run(words: words, server: server)
        #expect(run.exitCode == 3)
        #expect(run.errors.contains("the server may have done it"))
        #expect(server.requests.count == 1)
    }

    @Test("an answer that is not onboardd's exits 1", arguments: ["<html>hello</html>", "[]", "{}", ""])
    func stranger(body: String) async throws {
        let server = try ScriptedServer { _ in .json(200, body) }
        defer { server.stop() }
        #expect(try await Onboardctl.run("status", "job_1", server: server).exitCode == 1)
    }

    @Test("a dry-run exits 1 if not ready")
    func dryRun() async throws {
        let server = try ScriptedServer { request in
            let isReady = request.text.contains("good")
            return .json(200, Documents.dryRun.replacingOccurrences(of: ":true,\"message\"", with: ":\(isReady),\"message\""))
        }
        defer { server.stop() }
        #expect(try await Onboardctl.run("dryrun", "-", server: server, input: "good").exitCode == 0)
        #expect(try await Onboardctl.run("dryrun", "-", server: server, input: "bad").exitCode == 1)
    }

    @Test("status exits 0 whatever the state")
    func status() async throws {
        let server = try ScriptedServer { _ in .json(200, Documents.job("failed")) }
        defer { server.stop() }
        #expect(try await Onboardctl.run("status", "job_1", server: server).exitCode == 0)
    }
}
