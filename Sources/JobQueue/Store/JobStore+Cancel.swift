// SPDX-License-Identifier: Apache-2.0
import SQLite
import Time

extension JobStore {
    /// Puts a cancellation on record, durably; the same when repeated. A job of which no step has begun ends at once; one
    /// that waits goes to roll back; one that runs is told by the change, and goes when its steps in hand have ended.
    /// - Throws: `StoreError.tooLate` from the point of no return on, while rolling back after a failure, or at an end.
    public func cancel(_ id: JobID) async throws {
        try await write { transaction in
            let found = try transaction.connection.first(Self.findSQL, id.text) { row in
                (
                    seq: row.int64(0), state: try JobState(stored: row.text(1)), place: row.optionalText(2),
                    requested: row.int(3) == 1, pointPassed: row.int(4) == 1, done: row.int(5), total: row.int(6),
                    hasBegun: row.int(7) == 1
                )
            }
            guard let job = found else { throw StoreError.noSuchJob(id.text) }
            if job.state == .cancelled || (job.requested && !job.state.isEnded) { return }
            if job.pointPassed || job.state == .rollingBack || job.state.isEnded { throw StoreError.tooLate(id, job.state) }
            if job.place == JobPlace.leased.rawValue {
                try transaction.connection.run(Self.requestSQL, job.seq)
                try transaction.record(job: job.seq, job.state, done: job.done, total: job.total)
                transaction.changes.cancelled.append(job.seq)
                return
            }
            let move: JobState.Event = job.hasBegun ? .cancelAsked : .cancelledUntouched
            guard let next = job.state.after(move) else { throw StoreError.refusedMove(id, from: job.state, move) }
            let ends = next.isEnded
            try transaction.connection.run(
                Self.endWaitSQL, job.seq, next.rawValue, ends ? nil : JobPlace.undo.rawValue,
                ends ? transaction.now.milliseconds : nil, ends ? self.runningMilliseconds : nil)
            try transaction.record(job: job.seq, next, done: job.done, total: job.total)
            transaction.changes.someReady = !ends
        }
    }

    private static let findSQL: SQL = """
        SELECT seq, state, place, cancel_requested, point_passed, done, total, EXISTS (
            SELECT 1 FROM step WHERE job_seq = job.seq AND begun IS NOT NULL)
        FROM job WHERE id = ?
        """
    private static let requestSQL: SQL = "UPDATE job SET cancel_requested = 1, version = version + 1 WHERE seq = ?"
    private static let endWaitSQL: SQL = """
        UPDATE job SET cancel_requested = 1, state = ?2, place = ?3, finished_at = ?4, finished_running_ms = ?5,
            due_boot = NULL, due_at = NULL, due_delay_ms = NULL, wait_reason = NULL, wait_detail = NULL, version = version + 1
        WHERE seq = ?1
        """
}
