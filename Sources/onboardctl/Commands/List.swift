// SPDX-License-Identifier: Apache-2.0
import CommandTable

extension Subcommand {
    private static let state = Option("state", .choice(JobState.all), summary: "only jobs in this state")
    private static let kind = Option("kind", .text("KIND"), summary: "only jobs of this kind: tenant.onboard, ...")
    private static let tenantID = Option("tenant-id", .text("ID"), summary: "only jobs of this tenant")

    static let list = Subcommand(
        command: Command("list", options: [state, kind, tenantID] + Paging.options, summary: "list jobs, newest first")
    ) { arguments, session in
        let query = [
            ("state", arguments.text(state)), ("kind", arguments.text(kind)), ("tenant_id", arguments.text(tenantID)),
        ]
        try await session.printPages(of: Job.self, at: "/api/v1/jobs", query: query, Paging(arguments), table: table)
        return .done
    }

    private static func table(_ jobs: [Job]) -> Table {
        Table(columns: ["job", "kind", "tenant", "state", "attempt", "steps", "created"], rows: jobs.map { job in
            [
                .init(job.id), .init(job.kind), .init(job.tenantID),
                .init(job.state.rawValue, style: Style.of(job.state.rawValue)),
                .init(job.attempt.map { "\($0)" }, isNumber: true),
                .init(job.progress.map { "\($0.done)/\($0.total)" }, isNumber: true),
                .init(job.createdAt),
            ]
        })
    }
}
