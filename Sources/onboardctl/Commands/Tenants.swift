// SPDX-License-Identifier: Apache-2.0
import CommandTable

extension Subcommand {
    private static let tenantID = Positional("TENANT", summary: "show this one in full", isOptional: true)
    private static let columns = ["tenant_id", "company_name", "subscription_plan", "status", "created_at"]

    static let tenants = Subcommand(
        command: Command("tenants", [tenantID], options: Paging.options, summary: "list tenants, or show one")
    ) { arguments, session in
        guard let id = arguments.text(tenantID) else {
            try await session.printPages(
                of: [String: JSONValue].self, at: "/api/v1/tenants", Paging(arguments), table: table)
            return .done
        }
        let answer = try await session.send(.get, "/api/v1/tenants/" + URLText.encode(id))
        if session.asJSON {
            try session.console.print(answer.text)
        } else {
            try session.console.print(card(try answer.decode([String: JSONValue].self), isRich: session.console.isRich))
        }
        return .done
    }

    private static func table(_ tenants: [[String: JSONValue]]) -> Table {
        Table(columns: columns, rows: tenants.map { tenant in
            columns.map { column in
                let text = tenant[column].map { $0 == .null ? "" : $0.line }
                return .init(text, style: column == "status" ? text.map(Style.of) : nil)
            }
        })
    }

    private static func card(_ tenant: [String: JSONValue], isRich: Bool) -> String {
        var card = Card(isRich: isRich)
        let names = columns.filter { tenant[$0] != nil } + tenant.keys.filter { !columns.contains($0) }.sorted()
        for name in names { card.add(name, tenant[name]) }
        return card.text
    }
}
