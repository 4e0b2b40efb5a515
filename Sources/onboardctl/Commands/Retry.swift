// SPDX-License-Identifier: Apache-2.0
import CommandTable

extension Subcommand {
    static let retry = Subcommand(
        command: Command(
            "retry", [job], summary: "run a failed job again",
            details: "Steps that succeeded stay; the others run again, and the dry-run always does.")
    ) { arguments, session in
        try await changeJob("retry", arguments, session)
    }

    /// Posts to one of a job's actions, which answer with the job.
    static func changeJob(_ action: String, _ arguments: Arguments, _ session: Session) async throws -> ExitCode {
        let answer = try await session.send(.post, "\(jobPath(arguments))/\(action)")
        if session.asJSON {
            try session.console.print(answer.text)
        } else {
            let job = try answer.decode(Job.self)
            let asked = job.cancelRequested == true && !job.state.isFinal ? " (cancel requested)" : ""
            try session.console.print("\(job.id.printable) \(job.state.rawValue.printable)\(asked)")
        }
        return .done
    }
}
