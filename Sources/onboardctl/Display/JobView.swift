// SPDX-License-Identifier: Apache-2.0

/// The three ways to show a job as it goes on.
enum JobView {
    case json(Console)
    case plain(Console, JobChanges)
    case screen(Console, ProgressScreen)

    init(_ session: Session) {
        let console = session.console
        if session.asJSON {
            self = .json(console)
        } else if console.isRich {
            self = .screen(console, ProgressScreen(console))
        } else {
            self = .plain(console, JobChanges())
        }
    }

    mutating func show(_ job: Job, _ answer: Answer) throws(Failure) {
        switch self {
        case .json(let console):
            try console.print(answer.text)
        case .plain(let console, var changes):
            for line in changes.lines(job) { try console.print(line) }
            self = .plain(console, changes)
        case .screen(let console, var screen):
            try screen.show(job)
            self = .screen(console, screen)
        }
    }

    mutating func notice(_ text: String) {
        switch self {
        case .json(let console), .plain(let console, _):
            console.complain(text)
        case .screen(let console, var screen):
            screen.interrupt(text)
            self = .screen(console, screen)
        }
    }

    func finish(_ job: Job) throws(Failure) {
        switch self {
        case .json: break
        case .plain(let console, _): try console.print("\n" + JobOutcome.text(job, isRich: false))
        case .screen(let console, _): try console.print("\n" + JobOutcome.text(job, isRich: true))
        }
    }
}
