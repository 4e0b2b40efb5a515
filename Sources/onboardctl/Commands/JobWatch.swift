// SPDX-License-Identifier: Apache-2.0
import CommandTable
import HTTPClient

/// Follows a job to its end by long polls, over restarts of the server.
struct JobWatch {
    static let patience = Option(
        "patience", .integer("SECONDS", 0...86_400), summary: "how long to go on while the server is away (60)")

    private let session: Session
    private let path: String
    private let patience: Duration
    private let clock = ContinuousClock()

    /// The server holds an answer this long for a change, well under its 60.
    private static let wait = 30
    /// Between polls that a busy server doesn't hold.
    private static let shortestTurn = Duration.seconds(1)
    private static let firstPause = Duration.milliseconds(250)
    private static let longestPause = Duration.seconds(5)

    init(_ session: Session, path: String, _ arguments: Arguments) {
        self.session = session
        self.path = path
        patience = .seconds(arguments.integer(Self.patience) ?? 60)
    }

    /// - Throws: ``Failure``: the server's refusal at once, its absence when patience is at its end.
    func run() async throws -> ExitCode {
        var view = JobView(session)
        var eTag: String?
        while true {
            let asked = clock.now
            let answer = try await poll(eTag) { view.notice($0) }
            if answer.status != 304, eTag == nil || answer.eTag != eTag {
                let job = try answer.decode(Job.self)
                try view.show(job, answer)
                if job.state.isFinal {
                    try view.finish(job)
                    return job.state == .succeeded ? .done : .failed
                }
                eTag = answer.eTag
                if eTag != nil { continue }
            }
            if clock.now - asked < Self.shortestTurn {
                let turn = max(answer.retryAfter ?? .zero, Self.shortestTurn)
                try await clock.sleep(for: min(turn, Self.longestPause))
            }
        }
    }

    /// Asks until there is an answer.
    private func poll(_ eTag: String?, notice: (String) -> Void) async throws -> Answer {
        let began = clock.now
        var pause = Self.firstPause
        while true {
            do {
                return try await ask(eTag)
            } catch {
                guard error.isPassing else { throw error }
                let left = patience - (clock.now - began)
                guard left > .zero else { throw error }
                if pause == Self.firstPause {
                    notice("\(error.text)\ntrying again for \(patience.components.seconds) s")
                }
                try await clock.sleep(for: min(max(pause, error.retryAfter ?? .zero), left))
                pause = min(pause * 2, Self.longestPause)
            }
        }
    }

    private func ask(_ eTag: String?) async throws(Failure) -> Answer {
        guard let eTag else { return try await session.send(.get, path) }
        return try await session.send(
            .get, path + "?wait=\(Self.wait)", headers: ["If-None-Match": eTag], wait: .seconds(Self.wait))
    }
}
