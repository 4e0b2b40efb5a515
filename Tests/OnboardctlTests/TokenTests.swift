// SPDX-License-Identifier: Apache-2.0
import ScriptedServer
import Testing

@Suite(.timeLimit(.minutes(1))) struct TokenTests {
    @Test("the file's token goes before the environment's")
    func source() async throws {
        let server = try ScriptedServer { _ in .json(200, Documents.job("queued")) }
        defer { server.stop() }
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let file = try folder.write("token", "of-the-file\n")
        let environment = ["ONBOARDD_TOKEN": "of-the-environment"]
        _ = try await Onboardctl.run("status", "j", "--token-file", file, server: server, environment: environment)
        _ = try await Onboardctl.run("status", "j", server: server, environment: environment)
        _ = try await Onboardctl.run("status", "j", server: server)
        #expect(server.requests.map { $0.headers["authorization"] } == [
            "Bearer of-the-file", "Bearer of-the-environment", nil,
        ])
    }

    @Test("a token does not leave this machine over plain http")
    func plainHTTP() async throws {
        let run = try await Onboardctl.run(
            "list", "--url", "http://nowhere.invalid", environment: ["ONBOARDD_TOKEN": "s3cret"])
        #expect(run.exitCode == 2)
        #expect(run.errors.contains("in clear"))
        #expect(!run.errors.contains("s3cret"))
        #expect(try await Onboardctl.run("list", "--url", "http://nowhere.invalid").exitCode == 3)
    }

    @Test("what is no token is refused, and not shown", arguments: ["", "two s3cret words", "s3cret\u{7}", "s3crët"])
    func malformed(text: String) async throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let run = try await Onboardctl.run("list", "--token-file", try folder.write("token", text))
        #expect(run.exitCode == 2)
        #expect(!run.errors.contains("s3cr"))
    }
}
