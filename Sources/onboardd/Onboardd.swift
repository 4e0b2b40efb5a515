// SPDX-License-Identifier: Apache-2.0
import CommandTable
import FoundationEssentials
import Glibc

/// The daemon and the commands on its state.
@main
enum Onboardd {
    static let version = "0.1.0"

    static func main() async {
        // What the daemon writes is its owner's alone.
        umask(0o077)
        exit(await run(Array(CommandLine.arguments.dropFirst()), environment: ProcessInfo.processInfo.environment).rawValue)
    }

    private static func run(_ words: [String], environment: [String: String]) async -> ExitCode {
        do {
            switch try program.parse(words) {
            case .print(let text):
                print(text, terminator: "")
                return .done
            case .run(let name, let arguments):
                guard let subcommand = Subcommand.all.first(where: { $0.command.name == name }) else {
                    throw UsageError("unknown command \"\(name)\"")
                }
                return try await subcommand.run(arguments, environment)
            }
        } catch let error as UsageError {
            complain("onboardd: \(error.message)")
            return .usage
        } catch {
            complain("onboardd: \(error)")
            return .failed
        }
    }

    private static let program = Program(
        "onboardd", version: version, summary: "onboards tenants: a durable job queue with an HTTP intake",
        commands: Subcommand.all.map(\.command),
        details: """
            Settings come from the file (--config, else ONBOARDD_CONFIG, else /etc/onboardd/onboardd.yml if there), then
            ONBOARDD_SECTION_KEY variables, then flags.

            exit codes: 0 done, 1 the operation failed, 2 wrong usage or a refused configuration
            """)
}

enum ExitCode: Int32 {
    case done = 0, failed = 1, usage = 2
}

/// Errors go to stderr.
func complain(_ text: String) {
    let line = text + "\n"
    _ = write(STDERR_FILENO, line, line.utf8.count)
}
