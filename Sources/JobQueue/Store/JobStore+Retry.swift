// SPDX-License-Identifier: Apache-2.0
import SQLite
import Time

extension JobStore {
    /// Puts a failed job back into the queue. Steps that succeeded stay, those that were rolled back, failed or skipped run
    /// again with values drawn anew; a failed undo is finished first.
    /// - Parameters:
    ///   - alwaysAgain: steps that run again even where they succeeded.
    ///   - admission: the domain's own check, in the same transaction: it throws to refuse.
    /// - Throws: `SubmissionRefusal`, `StoreError.notFailed`, `.noSuchJob`, or what `admission` throws.
    public func retry(
        _ id: JobID, alwaysAgain: Set<String>, idempotency: IdempotencyKey? = nil,
        admission: @escaping @Sendable (Connection, JobRecord) throws -> Void = { _, _ in }
    ) async throws -> Receipt {
        try await write { [self] transaction in
            if let idempotency, let former = try replay(of: idempotency, transaction) { return former }
            let connection = transaction.connection
            guard let job = try connection.first(Self.jobByIDSQL, id.text, as: { try JobRecord($0) }) else {
                throw StoreError.noSuchJob(id.text)
            }
            guard let next = job.state.after(.resumed) else { throw StoreError.notFailed(id, job.state) }
            try refuseLeftovers(ofOthersThan: job, transaction)
            try admission(connection, job)
            for var step in try connection.all(Self.stepsSQL, job.seq, as: { try StepRecord($0) }) where step.resetForRetry(alwaysAgain) {
                try put(step, of: job.seq, transaction)
            }
            let turn = turns.withLock { $0.next(kind: job.kind, priority: job.priority, submitter: job.submitter) }
            do {
                try connection.run(Self.resumeSQL, job.seq, next.rawValue, turn)
            } catch let error as SQLiteError where error.isUniqueViolation {
                guard let other = try connection.first(Self.rivalSQL, job.seq, as: { JobID(trusted: $0.text(0)) }) else { throw error }
                throw SubmissionRefusal.subjectBusy(other)
            }
            try refuseOverDepth(transaction)
            try transaction.record(job: job.seq, next, done: 0, total: job.total)
            transaction.changes.someReady = true
            if let idempotency { try remember(idempotency, job: job.seq, transaction) }
            return Receipt(seq: job.seq, id: id, state: next, isReplay: false)
        }
    }

    private func refuseLeftovers(ofOthersThan job: JobRecord, _ transaction: StoreTransaction) throws {
        if let other = try transaction.connection.first(Self.othersLeftoversSQL, job.seq, as: { JobID(trusted: $0.text(0)) }) {
            throw SubmissionRefusal.leftovers(other)
        }
    }

    private static let othersLeftoversSQL: SQL = """
        SELECT other.id FROM job JOIN job AS other ON other.subject_key = job.subject_key
        WHERE job.seq = ? AND job.exclusive = 1 AND other.leftovers IS NOT NULL AND other.seq <> job.seq LIMIT 1
        """
    private static let resumeSQL: SQL = """
        UPDATE job SET state = ?2, place = 'ready', turn = ?3, attempt = attempt + 1, cancel_requested = 0, point_passed = 0, done = 0,
            finished_at = NULL, finished_running_ms = NULL, error = NULL, warnings = NULL, leftovers = NULL,
            version = version + 1
        WHERE seq = ?1
        """
    private static let rivalSQL: SQL = """
        SELECT other.id FROM job JOIN job AS other ON other.subject_key = job.subject_key
        WHERE job.seq = ? AND other.exclusive = 1 AND other.place IS NOT NULL
        """
}

extension StepRecord {
    /// - Returns: whether it changed. A failed undo stays: it is finished first.
    fileprivate mutating func resetForRetry(_ alwaysAgain: Set<String>) -> Bool {
        guard state != .rollbackFailed, state != .succeeded || alwaysAgain.contains(name), let next = state.after(.reset) else {
            return false
        }
        let attempts = attempt
        self = StepRecord(name: name)
        state = next
        attempt = attempts
        return true
    }
}
