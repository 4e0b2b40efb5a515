// SPDX-License-Identifier: Apache-2.0

/// A job's steps with a bar on top, for a terminal.
enum JobProgress {
    static func lines(_ job: Job, width: Int) -> [String] {
        let waiting = job.waiting.map { ": \($0.text)" } ?? ""
        let head = "\(job.id.printable) \(job.state.rawValue.printable)\(job.state.isFinal ? "" : waiting)"
        var lines = [Style.bold.on(head.clipped(to: max(1, width - 1)), if: true)]
        if let progress = job.progress { lines.append(bar(progress, state: job.state.rawValue, width: width)) }
        lines += (job.steps ?? []).map { StepLine.text($0, width: width, isRich: true) }
        return lines
    }

    private static func bar(_ progress: Job.Progress, state: String, width: Int) -> String {
        let total = max(1, progress.total)
        let done = min(max(0, progress.done), total)
        let length = max(1, min(40, width - 12))
        let filled = length * done / total
        let full = Style.of(state).on(String(repeating: "█", count: filled), if: true)
        let empty = Style.dim.on(String(repeating: "░", count: length - filled), if: true)
        return "\(full)\(empty) \(done)/\(progress.total)"
    }
}
