// SPDX-License-Identifier: Apache-2.0
import Foundation
import ScriptedServer
import Testing

@Suite(.timeLimit(.minutes(1))) struct TerminalTests {
    @Test("on a terminal the steps are drawn over again, in colour, each within one line")
    func rich() async throws {
        let server = try WatchTests.story(WatchTests.onboarding)
        defer { server.stop() }
        let run = try await Onboardctl.runOnTerminal("watch", "job_019abc", server: server, columns: 40)
        #expect(run.exitCode == 0)
        #expect(run.output.contains("\u{1B}[2A") && run.output.contains("\u{1B}[4A"))
        #expect(run.output.contains("█"))
        let text = run.output.replacing(/\u{1B}\[[0-9;]*[A-Za-z]/, with: "").replacing("\r\n", with: "\n")
            .replacing("\r", with: "")
        for line in text.components(separatedBy: "\nstate ")[0].components(separatedBy: "\n") {
            #expect(line.count < 40, "\(line)")
        }
    }

    @Test("with NO_COLOR the output is plain, on a terminal too")
    func noColor() async throws {
        let server = try WatchTests.story(WatchTests.onboarding)
        defer { server.stop() }
        let run = try await Onboardctl.runOnTerminal("watch", "job_1", server: server, environment: ["NO_COLOR": "1"])
        #expect(run.exitCode == 0)
        #expect(!run.output.contains("\u{1B}"))
        #expect(run.output.contains("12:00:01.123 dryrun succeeded 4 ms"))
    }

    @Test("an empty NO_COLOR says nothing")
    func emptyNoColor() async throws {
        let server = try WatchTests.story(WatchTests.onboarding)
        defer { server.stop() }
        let run = try await Onboardctl.runOnTerminal("watch", "j", server: server, environment: ["NO_COLOR": ""])
        #expect(run.output.contains("\u{1B}["))
    }

    @Test("rows too wide for the terminal become blocks", arguments: [(200, false), (20, true)])
    func wide(columns: Int, inBlocks: Bool) async throws {
        let server = try ScriptedServer { _ in
            .json(200, #"{"columns":[{"name":"first"},{"name":"second"}],"rows":[["a long text","another text"]]}"#)
        }
        defer { server.stop() }
        let run = try await Onboardctl.runOnTerminal("view", "a", server: server, columns: UInt16(columns))
        #expect(run.output.contains("row 1") == inBlocks)
    }
}
