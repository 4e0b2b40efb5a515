// SPDX-License-Identifier: Apache-2.0
import CommandTable

/// A command of this program: how it is called, and what it does. One file each, under Commands.
struct Subcommand: Sendable {
    let command: Command
    let run: @Sendable (Arguments, Session) async throws -> ExitCode

    /// In the order of the help.
    static let all: [Subcommand] = [
        submit, dryrun, status, watch, list, retry, cancel, revealKey, tenants, view, query, pause, resume,
    ]
}

extension Subcommand {
    static let job = Positional("JOB", summary: "a job's id: job_...")

    /// The job named on the command line, as the path of its resource.
    static func jobPath(_ arguments: Arguments) -> String {
        "/api/v1/jobs/" + URLText.encode(arguments.text(job) ?? "")
    }
}
