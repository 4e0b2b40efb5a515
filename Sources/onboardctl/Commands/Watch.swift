// SPDX-License-Identifier: Apache-2.0
import CommandTable

extension Subcommand {
    static let watch = Subcommand(
        command: Command(
            "watch", [job], options: [JobWatch.patience],
            summary: "follow a job to its end",
            details: """
                On a terminal one line a step, drawn over again at each change; elsewhere one line a change. With --json
                the job's document at each change, one a line. It goes on when the server restarts.
                Exits 1 if the job ends failed or cancelled, 3 if the server stays away.
                """)
    ) { arguments, session in
        try await JobWatch(session, path: jobPath(arguments), arguments).run()
    }
}
