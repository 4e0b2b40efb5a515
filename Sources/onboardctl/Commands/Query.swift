// SPDX-License-Identifier: Apache-2.0
import CommandTable
import FoundationEssentials

extension Subcommand {
    private static let sql = Positional("SQL", summary: "one SELECT over the tenant's dataset and views")

    private struct Body: Encodable {
        let sql: String
    }

    static let query = Subcommand(
        command: Command(
            "query", [tenant, sql], summary: "ask a tenant's dataset (admin, embedded warehouse)",
            details: "The server reads only, for at most 2 seconds, 1,000 rows and 1 MiB.")
    ) { arguments, session in
        let body = try JSONEncoder().encode(Body(sql: arguments.text(sql) ?? ""))
        let answer = try await session.send(.post, tenantPath(arguments) + "/query", body: Array(body))
        return try session.printGrid(answer)
    }
}
