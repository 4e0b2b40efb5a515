// SPDX-License-Identifier: Apache-2.0
import CommandTable

extension Subcommand {
    static let dryrun = Subcommand(
        command: Command(
            "dryrun", [TenantRequest.file], options: TenantRequest.options,
            summary: "check whether a tenant can be onboarded; creates nothing",
            details: "Exits 1 if a critical check failed."
        )
    ) { arguments, session in
        let body = try TenantRequest.body(arguments)
        let answer = try await session.send(.post, "/api/v1/tenants/dryrun", body: body)
        let report = try answer.decode(DryRunReport.self)
        let console = session.console
        if session.asJSON {
            try console.print(answer.text)
        } else {
            try console.print(table(report).text(width: console.isRich ? console.size.columns : nil))
            let verdict = report.isReady ? "ready for onboarding" : "not ready for onboarding"
            let words = [report.tenantID.map { "\($0.printable): \(verdict)" } ?? verdict, report.message?.printable]
            try console.print("\n" + words.compactMap { $0 }.joined(separator: ": "))
        }
        return report.isReady ? .done : .failed
    }

    private static func table(_ report: DryRunReport) -> Table {
        Table(columns: ["check", "status", "message", "ms"], rows: report.checks.map { check in
            let advisory = check.severity == "advisory" ? " (advisory)" : ""
            let message = [check.message, check.status == "FAILED" ? check.error?.line : nil].compactMap { $0 }
            return [
                .init(check.name),
                .init(check.status + advisory, style: Style.of(check.status)),
                .init(message.joined(separator: ": ")),
                .init(check.durationMilliseconds.map(Clock.milliseconds), isNumber: true),
            ]
        })
    }
}
