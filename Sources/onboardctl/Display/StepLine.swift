// SPDX-License-Identifier: Apache-2.0

/// One step on one line of a terminal.
enum StepLine {
    static let nameWidth = 26
    static let stateWidth = 15

    static func text(_ step: Step, width: Int, isRich: Bool) -> String {
        var words = [step.state.printable.padded(to: stateWidth)]
        if let attempt = step.attempt, attempt > 1 { words.append("attempt \(attempt)") }
        if let duration = step.durationMilliseconds { words.append(Clock.duration(milliseconds: duration)) }
        if let trouble = step.trouble { words.append(trouble) }
        let style = Style.of(step.state)
        let plain = "\(symbol(step.state)) \(step.name.printable.padded(to: nameWidth)) \(words.joined(separator: "  "))"
        let line = plain.clipped(to: max(1, width - 1))
        // Coloured after clipping, so that no escape sequence is cut in two.
        return style.on(String(line.prefix(1)), if: isRich) + String(line.dropFirst())
    }

    private static func symbol(_ state: String) -> String {
        switch state {
        case "succeeded": "✓"
        case "failed", "rollback_failed": "✗"
        case "warning": "!"
        case "running": "▸"
        case "retrying": "↻"
        case "rolling_back", "rolled_back": "↩"
        case "skipped": "-"
        default: "·"
        }
    }
}
