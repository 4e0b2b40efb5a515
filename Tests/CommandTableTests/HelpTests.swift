// SPDX-License-Identifier: Apache-2.0
import CommandTable
import Testing

@Suite struct HelpTests {
    func printed(_ words: String...) throws -> String {
        guard case .print(let text) = try ParseTests.program.parse(words) else { throw UsageError("it ran") }
        return text
    }

    @Test("the program's help lists every command and common option")
    func program() throws {
        let help = try printed("--help")
        for text in ["tool: does it", "submit [FILE]", "status JOB", "--json", "--help", "shows"] {
            #expect(help.contains(text), "\(text)")
        }
        #expect(try printed("help") == help)
        #expect(try printed("-h") == help)
    }

    @Test("a command's help lists its arguments, options and details")
    func command() throws {
        let help = try printed("status", "--help")
        for text in ["usage: tool status JOB [options]", "--limit N", "--state queued|failed", "--json", "Exits 0."] {
            #expect(help.contains(text), "\(text)")
        }
        #expect(try printed("help", "status") == help)
    }

    @Test("help is given whatever else the line holds")
    func helpWins() throws {
        #expect(try printed("status", "--bogus", "--help").contains("usage: tool status"))
    }

    @Test("the version is the program's name and number")
    func version() throws {
        #expect(try printed("--version") == "tool 1.2.3\n")
    }
}
