// SPDX-License-Identifier: Apache-2.0
import SQLite

/// Start-time fair queueing: a job's turn is one more than its submitter's last at this kind and priority, and at least
/// the turn that is being served there. Set once, when the job becomes ready.
struct Turns: Sendable {
    private struct Line: Hashable {
        let kind: String
        let priority: Int
    }

    /// Remembered submitters of one line before those whose turn has passed are forgotten.
    private static let rememberedSubmitters = 10_000

    private var serving: [Line: Int64] = [:]
    private var last: [Line: [String: Int64]] = [:]
    private var claims: [String: Int64] = [:]

    init() {}

    /// Reads the last turns of the ready jobs back, so that a restart forgets nobody's place.
    init(readFrom connection: Connection) throws {
        try connection.forEach(
            "SELECT kind, priority, submitter, max(turn), min(turn) FROM job WHERE place = 'ready' GROUP BY kind, priority, submitter"
        ) { row in
            let line = Line(kind: row.text(0), priority: row.int(1))
            last[line, default: [:]][row.text(2)] = row.int64(3)
            serving[line] = min(serving[line] ?? .max, row.int64(4))
        }
    }

    mutating func next(kind: String, priority: Int, submitter: String) -> Int64 {
        let line = Line(kind: kind, priority: priority)
        let floor = serving[line] ?? 0
        let turn = max(floor, (last[line]?[submitter] ?? -1) + 1)
        last[line, default: [:]][submitter] = turn
        if last[line, default: [:]].count > Self.rememberedSubmitters {
            last[line] = last[line]?.filter { $0.value > floor }
        }
        return turn
    }

    /// The number of this claim of a kind, from 1.
    mutating func countClaim(kind: String) -> Int64 {
        claims[kind, default: 0] += 1
        return claims[kind, default: 0]
    }

    mutating func served(kind: String, priority: Int, turn: Int64) {
        let line = Line(kind: kind, priority: priority)
        serving[line] = max(serving[line] ?? 0, turn)
    }
}
