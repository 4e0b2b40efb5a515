// SPDX-License-Identifier: Apache-2.0

/// Everything about a job, for `status`.
enum JobCard {
    static func text(_ job: Job, width: Int, isRich: Bool) -> String {
        var card = Card(isRich: isRich)
        card.add("job", job.id)
        card.add("kind", job.kind)
        card.add("tenant", job.tenantID)
        card.add("state", job.state.rawValue, style: Style.of(job.state.rawValue))
        if job.cancelRequested == true, !job.state.isFinal { card.add("cancel", "requested") }
        card.add("waiting", job.waiting?.text)
        if let attempt = job.attempt {
            card.add("attempt", "\(attempt)\(job.maxAttempts.map { " of \($0)" } ?? "")")
        }
        card.add("priority", job.priority.map { "\($0)" })
        card.add("created", job.createdAt)
        card.add("not before", job.runAt)
        card.add("started", job.startedAt)
        card.add("finished", job.finishedAt)
        card.add("progress", job.progress.map { "\($0.done) of \($0.total)" })
        if let steps = job.steps, !steps.isEmpty {
            card.add(line: "")
            for step in steps { card.add(line: StepLine.text(step, width: width, isRich: isRich)) }
            card.add(line: "")
        }
        JobOutcome.add(job, to: &card)
        return card.text
    }
}
