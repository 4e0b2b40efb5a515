// SPDX-License-Identifier: Apache-2.0
import SQLite
import Time

/// Work that was done outside the queue and is put on record as a job that has ended.
public struct FinishedWork: Sendable {
    public var job: NewJob
    public var state: JobState
    public var startedAt: WallTime
    public var steps: [StepRecord]
    public var result: String

    public init(job: NewJob, state: JobState, startedAt: WallTime, steps: [StepRecord], result: String) {
        self.job = job
        self.state = state
        self.startedAt = startedAt
        self.steps = steps
        self.result = result
    }
}

extension JobStore {
    /// Puts work that ended on record, under the id it was given at its begin.
    public func record(_ work: FinishedWork, id: JobID) async throws {
        try await write { [self] transaction in
            let total = work.steps.count
            try transaction.connection.run(
                Self.recordSQL, id.text, work.job.kind, work.job.subject, work.job.subjectKey, work.job.submitter,
                work.job.input, work.job.priority, work.state.rawValue, work.startedAt.milliseconds,
                transaction.now.milliseconds, runningMilliseconds, total, work.result)
            let seq = transaction.connection.lastInsertRowID
            for step in work.steps { try put(step, of: seq, transaction) }
            try transaction.record(job: seq, work.state, done: total, total: total)
        }
    }

    /// An id for work that is put on record when it ends.
    public func drawJobID() -> JobID { newJobID() }

    private static let recordSQL: SQL = """
        INSERT INTO job (id, kind, subject, subject_key, exclusive, submitter, input, priority, turn, state, version, attempt,
            max_attempts, fence, created_at, started_at, finished_at, finished_running_ms, done, total, result)
        VALUES (?1, ?2, ?3, ?4, 0, ?5, ?6, ?7, 0, ?8, 1, 1, 1, 0, ?9, ?9, ?10, ?11, ?12, ?12, ?13)
        """
}
