// SPDX-License-Identifier: Apache-2.0
import CommandTable

extension Subcommand {
    static let cancel = Subcommand(
        command: Command(
            "cancel", [job], summary: "stop a job and undo what it did",
            details: "The undo goes on by itself: `onboardctl watch JOB` shows it. Too late once the tenant is active.")
    ) { arguments, session in
        try await changeJob("cancel", arguments, session)
    }
}
