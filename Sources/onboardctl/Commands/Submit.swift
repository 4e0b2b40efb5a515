// SPDX-License-Identifier: Apache-2.0
import CommandTable
import HTTPClient

extension Subcommand {
    private static let watchOption = Option("watch", .flag, summary: "go on as `watch`")

    static let submit = Subcommand(
        command: Command(
            "submit", [TenantRequest.file],
            options: TenantRequest.options + [
                TenantRequest.priority, TenantRequest.runAt, TenantRequest.idempotencyKey, watchOption, JobWatch.patience,
            ],
            summary: "onboard a tenant",
            details: """
                Returns as soon as the job is on the server's disk. Where standard output is no terminal it is the job's
                id and nothing else:

                  job=$(onboardctl submit --tenant-id acme_corp --company-name "Acme Corporation" \\
                        --admin-email admin@acme.com --subscription-plan PROFESSIONAL)
                """)
    ) { arguments, session in
        let body = try TenantRequest.body(arguments)
        var headers: HTTPClientHeaders = [:]
        if let key = arguments.text(TenantRequest.idempotencyKey) { headers.add("Idempotency-Key", key) }
        let answer = try await session.send(.post, "/api/v1/tenants/onboard", body: body, headers: headers)
        let submission = try answer.decode(Submission.self)
        try show(submission, answer, session)
        guard arguments.has(watchOption) else { return .done }
        return try await JobWatch(session, path: "/api/v1/jobs/" + URLText.encode(submission.jobID), arguments).run()
    }

    private static func show(_ submission: Submission, _ answer: Answer, _ session: Session) throws(Failure) {
        let console = session.console
        let job = submission.jobID.printable
        if session.asJSON {
            try console.print(answer.text)
        } else if console.isRich {
            let tenant = submission.tenantID.map { " for \($0.printable)" } ?? ""
            try console.print("\(job) \(submission.status?.printable ?? "accepted")\(tenant)")
            try console.print(Style.dim.on("follow it with: onboardctl watch \(job)", if: true))
        } else {
            try console.print(job)
        }
        // A server with intake.default_wait_seconds may be done by now, and this is the key's only appearance.
        if let key = submission.apiKey, !session.asJSON {
            console.complain("the API key, shown this once: \(key.printable)")
        }
    }
}
