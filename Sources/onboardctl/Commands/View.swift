// SPDX-License-Identifier: Apache-2.0
import CommandTable

extension Subcommand {
    static let tenant = Positional("TENANT", summary: "a tenant's id")
    private static let limit = Option("limit", .integer("N", 1...1_000_000), summary: "at most so many rows")

    static let view = Subcommand(
        command: Command(
            "view", [tenant], options: [limit], summary: "show the rows of a tenant's comprehensive view",
            details: "On a terminal that is too narrow for the columns, each row is a block of its own.")
    ) { arguments, session in
        let query = URLText.query([("limit", arguments.integer(limit).map { "\($0)" })])
        let answer = try await session.send(.get, tenantPath(arguments) + "/view" + query)
        return try session.printGrid(answer)
    }

    /// The tenant named on the command line, as the path of its resource.
    static func tenantPath(_ arguments: Arguments) -> String {
        "/api/v1/tenants/" + URLText.encode(arguments.text(tenant) ?? "")
    }
}

extension Session {
    func printGrid(_ answer: Answer) throws(Failure) -> ExitCode {
        if asJSON {
            try console.print(answer.text)
            return .done
        }
        let grid = try answer.decode(Grid.self)
        let table = Table(columns: grid.columns.map(\.name.printable), rows: grid.rows.map { $0.map { Table.Cell($0) } })
        try console.print(table.text(width: console.isRich ? console.size.columns : nil))
        if console.isRich { try console.print(Style.dim.on("\(grid.rows.count) rows", if: true)) }
        if grid.truncated == true { console.complain("truncated: there are more rows than these \(grid.rows.count)") }
        return .done
    }
}
