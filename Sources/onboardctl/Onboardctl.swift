// SPDX-License-Identifier: Apache-2.0
import CommandTable
import FoundationEssentials
import Glibc

/// The person's and the script's client of a running onboardd.
@main
enum Onboardctl {
    static let version = "0.1.0"

    static func main() async {
        let code = await run(Array(CommandLine.arguments.dropFirst()), environment: ProcessInfo.processInfo.environment)
        exit(code.rawValue)
    }

    private static func run(_ words: [String], environment: [String: String]) async -> ExitCode {
        let console = Console(environment: environment)
        var asJSON = false
        do {
            switch try program.parse(words) {
            case .print(let text):
                try console.print(text, terminator: "")
                return .done
            case .run(let name, let arguments):
                asJSON = arguments.has(CommonOption.json)
                guard let subcommand = Subcommand.all.first(where: { $0.command.name == name }) else {
                    throw UsageError("unknown command \"\(name)\"")
                }
                let session = try Session(arguments, environment: environment, console: console)
                return try await subcommand.run(arguments, session)
            }
        } catch let error as UsageError {
            console.complain("onboardctl: \(error.message)")
            return .usage
        } catch let failure as Failure {
            console.complain(asJSON ? failure.json ?? failure.text : failure.text)
            return failure.exitCode
        } catch {
            console.complain("onboardctl: \(error)")
            return .failed
        }
    }

    private static let program = Program(
        "onboardctl", version: version, summary: "onboards tenants through a running onboardd",
        commands: Subcommand.all.map(\.command), commonOptions: CommonOption.all,
        details: """
            The server is found by --url, else ONBOARDD_URL, else http://127.0.0.1:8080; `unix:/path.sock` works too.
            The token is read from --token-file, else taken from ONBOARDD_TOKEN; it is never sent over plain http to
            another machine.

            exit codes: 0 done, 1 the operation failed, 2 wrong usage, 3 the server cannot be reached
            """)
}
