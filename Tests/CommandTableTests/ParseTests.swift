// SPDX-License-Identifier: Apache-2.0
import CommandTable
import Testing

@Suite struct ParseTests {
    static let file = Positional("FILE", summary: "the file", isOptional: true)
    static let job = Positional("JOB", summary: "the job")
    static let limit = Option("limit", .integer("N", 1...200), summary: "rows")
    static let state = Option("state", .choice(["queued", "failed"]), summary: "only these")
    static let key = Option("idempotency-key", .text("KEY"), summary: "the key")
    static let json = Option("json", .flag, summary: "as JSON")
    static let program = Program(
        "tool", version: "1.2.3", summary: "does it",
        commands: [
            Command("submit", [file], options: [key], summary: "submits"),
            Command("status", [job], options: [limit, state], summary: "shows", details: "Exits 0."),
        ],
        commonOptions: [json])

    func run(_ words: String...) throws -> (command: String, arguments: Arguments) {
        guard case .run(let command, let arguments) = try Self.program.parse(words) else {
            throw UsageError("help was printed")
        }
        return (command, arguments)
    }

    @Test("a value may follow its option or stand behind an equals sign", arguments: [
        ["status", "job_1", "--limit", "20"], ["status", "--limit=20", "job_1"], ["status", "job_1", "--limit=20"],
    ])
    func values(_ words: [String]) throws {
        guard case .run("status", let arguments) = try Self.program.parse(words) else { throw UsageError("not run") }
        #expect(arguments.integer(Self.limit) == 20)
        #expect(arguments.text(Self.job) == "job_1")
        #expect(!arguments.has(Self.json))
    }

    @Test("a value may hold an equals sign and begin with a dash")
    func oddValues() throws {
        #expect(try run("submit", "--idempotency-key=a=b").arguments.text(Self.key) == "a=b")
        #expect(try run("submit", "--idempotency-key", "-x").arguments.text(Self.key) == "-x")
    }

    @Test("common options stand before or after the command")
    func commonOptions() throws {
        #expect(try run("--json", "submit").arguments.has(Self.json))
        #expect(try run("submit", "--json").arguments.has(Self.json))
    }

    @Test("two dashes end the options, one is a word")
    func dashes() throws {
        #expect(try run("status", "--", "--limit").arguments.text(Self.job) == "--limit")
        #expect(try run("submit", "-").arguments.text(Self.file) == "-")
    }

    @Test("an optional argument may be left out")
    func optional() throws {
        #expect(try run("submit").arguments.text(Self.file) == nil)
    }

    @Test("what cannot be meant is refused with a reason", arguments: [
        (["sumbit"], "unknown command \"sumbit\": did you mean \"submit\"?"),
        (["frobnicate"], "unknown command \"frobnicate\"\n"),
        (["status", "j", "--limt", "3"], "unknown option \"--limt\": did you mean \"--limit\"?"),
        (["status", "j", "-limit", "3"], "unknown option \"-limit\": did you mean \"--limit\"?"),
        (["submit", "--limit", "3"], "unknown option \"--limit\"\n"),
        (["status", "j", "--limit", "0"], "from 1 to 200"),
        (["status", "j", "--limit", "many"], "from 1 to 200"),
        (["status", "j", "--limit"], "--limit needs a value: --limit=N"),
        (["status", "j", "--limit", "--json"], "--limit needs a value"),
        (["status", "j", "--limit="], "--limit needs a value"),
        (["status", "j", "--state", "lost"], "one of queued, failed"),
        (["status", "j", "--json=yes"], "--json takes no value"),
        (["status", "j", "--json", "--json"], "--json is given twice"),
        (["status"], "JOB is missing\nsee `tool status --help`"),
        (["status", ""], "JOB is empty"),
        (["status", "a", "b"], "\"b\" is one argument too many"),
        ([], "no command is given"),
        (["help", "stats"], "did you mean \"status\"?"),
    ])
    func refused(_ words: [String], _ reason: String) {
        let error = #expect(throws: UsageError.self) { try Self.program.parse(words) }
        #expect(error?.message.contains(reason) == true, "\(error?.message ?? "")")
    }
}
