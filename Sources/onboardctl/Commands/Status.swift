// SPDX-License-Identifier: Apache-2.0
import CommandTable

extension Subcommand {
    static let status = Subcommand(
        command: Command("status", [job], summary: "show a job", details: "Exits 0 whatever the job's state.")
    ) { arguments, session in
        let answer = try await session.send(.get, jobPath(arguments))
        let console = session.console
        if session.asJSON {
            try console.print(answer.text)
        } else {
            let width = console.isRich ? console.size.columns : Int.max
            try console.print(JobCard.text(try answer.decode(Job.self), width: width, isRich: console.isRich))
        }
        return .done
    }
}
