// SPDX-License-Identifier: Apache-2.0
import FoundationEssentials
import SQLite
import Time

/// One change of a job or of one of its steps, as clients are told of it.
public struct EventRecord: Sendable {
    public let seq: Int64
    public let at: WallTime
    public let state: JobState
    public let step: String?
    public let stepState: StepState?
    public let attempt: Int?
    public let done: Int
    public let total: Int
    public let failure: String?

    static let columns: SQL = "seq, at, state, step, step_state, attempt, done, total, failure"

    init(_ row: Row) throws {
        seq = row.int64(0)
        at = WallTime(milliseconds: row.int64(1))
        state = try JobState(stored: row.text(2))
        step = row.optionalText(3)
        stepState = try row.optionalText(4).map(StepState.init(stored:))
        attempt = row.optionalInt(5)
        done = row.int(6)
        total = row.int(7)
        failure = row.optionalText(8)
    }
}

/// A failure as an event carries it.
struct EventFailure: Encodable {
    let code: String
    let message: String
    let retryable: Bool
    let retryAt: String?

    enum CodingKeys: String, CodingKey {
        case code, message, retryable, retryAt = "retry_at"
    }

    static func json(_ failure: FailureRecord) throws -> String {
        let event = EventFailure(
            code: failure.code, message: failure.message, retryable: failure.retryable, retryAt: failure.retryAt?.rfc3339)
        return String(decoding: try JSONEncoder().encode(event), as: UTF8.self)
    }
}
