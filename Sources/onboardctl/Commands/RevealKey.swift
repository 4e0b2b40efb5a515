// SPDX-License-Identifier: Apache-2.0
import CommandTable

extension Subcommand {
    private struct Revealed: Decodable {
        let tenant_id: String?
        let api_key: String
    }

    static let revealKey = Subcommand(
        command: Command(
            "reveal-key", [job], summary: "show the new tenant's API key, once",
            details: """
                The server destroys its copy when the key has been shown, or 24 hours after activation. Where standard
                output is no terminal it is the key and nothing else.
                """)
    ) { arguments, session in
        let answer = try await session.send(.post, "\(jobPath(arguments))/api-key")
        let console = session.console
        if session.asJSON {
            try console.print(answer.text)
            return .done
        }
        let revealed = try answer.decode(Revealed.self)
        if console.isRich {
            let tenant = revealed.tenant_id.map { " of \($0.printable)" } ?? ""
            try console.print("the API key\(tenant), shown this once: keep it now")
        }
        try console.print(revealed.api_key.printable)
        return .done
    }
}
