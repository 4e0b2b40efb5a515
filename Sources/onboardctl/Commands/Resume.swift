// SPDX-License-Identifier: Apache-2.0
import CommandTable

extension Subcommand {
    static let resume = Subcommand(
        command: Command("resume", summary: "start forward work again after `pause`")
    ) { _, session in
        let answer = try await session.send(.post, "/api/v1/queue/resume")
        try session.console.print(session.asJSON ? answer.text : "the queue is running")
        return .done
    }
}
