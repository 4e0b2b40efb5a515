// SPDX-License-Identifier: Apache-2.0

/// What has changed in a job since it was last seen, one line a change, for plain output.
struct JobChanges {
    private var jobState: String?
    private var steps: [String: Seen] = [:]

    private struct Seen: Equatable {
        let state: String
        let attempt: Int
    }

    mutating func lines(_ job: Job) -> [String] {
        var news: [(timestamp: String?, text: String)] = []
        for step in job.steps ?? [] {
            let seen = Seen(state: step.state, attempt: step.attempt ?? 0)
            defer { steps[step.name] = seen }
            // A step that waits for its first turn is no news.
            guard steps[step.name] != seen, step.state != "pending" else { continue }
            news.append((Self.timestamp(of: step), Self.text(step)))
        }
        if job.state.rawValue != jobState {
            let waiting = job.state.isFinal ? nil : job.waiting?.text
            let text = "job \(job.state.rawValue.printable)\(waiting.map { ": \($0)" } ?? "")"
            news.append((Self.timestamp(of: job), text))
            jobState = job.state.rawValue
        }
        // In the order in which it happened; what has no time yet is happening now.
        news.sort { ($0.timestamp ?? "~") < ($1.timestamp ?? "~") }
        return news.map { "\($0.timestamp.map(Clock.time) ?? Clock.now()) \($0.text)" }
    }

    private static func text(_ step: Step) -> String {
        var words = [step.name.printable, step.state.printable]
        if let attempt = step.attempt, attempt > 1 { words.append("attempt \(attempt)") }
        if let duration = step.durationMilliseconds { words.append(Clock.duration(milliseconds: duration)) }
        let trouble = step.trouble.map { ": \($0)" } ?? ""
        return words.joined(separator: " ") + trouble
    }

    private static func timestamp(of step: Step) -> String? {
        step.finishedAt ?? (step.state == "running" ? step.startedAt : step.failures?.last?.at)
    }

    private static func timestamp(of job: Job) -> String? {
        switch job.state.rawValue {
        case "queued": job.createdAt
        case "running": job.startedAt
        default: job.finishedAt
        }
    }
}
