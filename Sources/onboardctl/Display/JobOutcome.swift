// SPDX-License-Identifier: Apache-2.0

/// What a finished job left, and what to do next.
enum JobOutcome {
    /// The order of the onboarding answer in the API.
    static let resultOrder = [
        "tenant_id", "subscription_plan", "dataset_created", "tables_created", "dryrun_status", "message",
    ]

    static func text(_ job: Job, isRich: Bool) -> String {
        var card = Card(isRich: isRich)
        card.add("job", job.id)
        card.add("state", job.state.rawValue, style: Style.of(job.state.rawValue))
        add(job, to: &card)
        return card.text
    }

    static func add(_ job: Job, to card: inout Card) {
        card.add("result", job.result, first: resultOrder)
        add("warnings", job.warnings, to: &card)
        add("leftovers", job.leftovers, to: &card)
        if let error = job.error {
            let parts = [error.step, error.code, error.message].compactMap { $0 }
            card.add("error", parts.joined(separator: ": "), style: .red)
        }
        for advice in advice(job) { card.add("next", advice) }
    }

    private static func add(_ name: String, _ values: [JSONValue]?, to card: inout Card) {
        guard let values, !values.isEmpty else { return }
        card.add(line: "\(name):")
        for value in values { card.add(line: "  - \(value.line)") }
    }

    private static func advice(_ job: Job) -> [String] {
        switch job.state {
        case .succeeded where job.kind == "tenant.onboard":
            ["onboardctl reveal-key \(job.id)   (shows the API key once)"]
        case .failed:
            ["onboardctl retry \(job.id)"] + (hasLeftovers(job) ? ["onboardd reconcile --fix   (clears the leftovers)"] : [])
        case .cancelled where hasLeftovers(job):
            ["onboardd reconcile --fix   (clears the leftovers)"]
        default:
            []
        }
    }

    private static func hasLeftovers(_ job: Job) -> Bool {
        job.leftovers?.isEmpty == false
    }
}
