// SPDX-License-Identifier: Apache-2.0
import CommandTable

extension Subcommand {
    static let pause = Subcommand(
        command: Command(
            "pause", summary: "stop forward work, until `resume`",
            details: "It lasts over restarts. Submissions, dry-runs and the undoing of failed jobs go on.")
    ) { _, session in
        let answer = try await session.send(.post, "/api/v1/queue/pause")
        try session.console.print(session.asJSON ? answer.text : "the queue is paused")
        return .done
    }
}
