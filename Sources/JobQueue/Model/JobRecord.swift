// SPDX-License-Identifier: Apache-2.0
import SQLite
import Time

/// A job as the store holds it.
public struct JobRecord: Sendable {
    public let seq: Int64
    public let id: JobID
    public let kind: String
    public let subject: String?
    public let submitter: String
    public let input: String
    public let priority: Int
    public let state: JobState
    public let place: JobPlace?
    public let version: Int64
    public let attempt: Int
    public let maxAttempts: Int
    public let fence: Int64
    public let dueAt: WallTime?
    public let waitReason: WaitReason?
    public let waitDetail: String?
    public let createdAt: WallTime
    public let runAt: WallTime?
    public let startedAt: WallTime?
    public let finishedAt: WallTime?
    public let cancelRequested: Bool
    public let pointPassed: Bool
    public let done: Int
    public let total: Int
    public let result: String?
    public let warnings: String?
    public let leftovers: String?
    public let error: String?

    static let columns: SQL = """
        seq, id, kind, subject, submitter, input, priority, state, place, version, attempt, max_attempts, fence, due_at, \
        wait_reason, wait_detail, created_at, run_at, started_at, finished_at, cancel_requested, point_passed, done, \
        total, result, warnings, leftovers, error
        """

    init(_ row: Row) throws {
        seq = row.int64(0)
        id = JobID(trusted: row.text(1))
        kind = row.text(2)
        subject = row.optionalText(3)
        submitter = row.text(4)
        input = row.text(5)
        priority = row.int(6)
        state = try JobState(stored: row.text(7))
        place = try row.optionalText(8).map(JobPlace.init(stored:))
        version = row.int64(9)
        attempt = row.int(10)
        maxAttempts = row.int(11)
        fence = row.int64(12)
        dueAt = row.wallTime(13)
        waitReason = try row.optionalText(14).map(WaitReason.init(stored:))
        waitDetail = row.optionalText(15)
        createdAt = WallTime(milliseconds: row.int64(16))
        runAt = row.wallTime(17)
        startedAt = row.wallTime(18)
        finishedAt = row.wallTime(19)
        cancelRequested = row.int(20) == 1
        pointPassed = row.int(21) == 1
        done = row.int(22)
        total = row.int(23)
        result = row.optionalText(24)
        warnings = row.optionalText(25)
        leftovers = row.optionalText(26)
        error = row.optionalText(27)
    }
}

/// Where the queue keeps a live job.
public enum JobPlace: String, Sendable {
    case ready, undo, waiting, leased
}

/// Why a waiting job waits, as the store records it.
public enum WaitReason: String, Codable, Sendable {
    case runAt = "run_at", retry, breakerOpen = "breaker_open"
}
