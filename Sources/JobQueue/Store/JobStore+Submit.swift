// SPDX-License-Identifier: Apache-2.0
import Cryptography
import SQLite
import Time

extension JobStore {
    /// Puts a job into the queue; returns once it is on disk.
    /// - Parameter admission: the domain's own check, in the same transaction: it throws to refuse.
    /// - Throws: `SubmissionRefusal`, checked in this order: idempotency key, subject (leftovers, `admission`), depth.
    public func submit(
        _ job: NewJob, admission: @escaping @Sendable (Connection) throws -> Void = { _ in }
    ) async throws -> Receipt {
        let id = newJobID()
        return try await write { [self] transaction in
            if let key = job.idempotency, let former = try replay(of: key, transaction) { return former }
            try refuseLeftovers(of: job, transaction)
            try admit(job, admission, transaction)
            let seq = try insert(job, id: id, &transaction)
            try refuseOverDepth(transaction)
            if let key = job.idempotency { try remember(key, job: seq, transaction) }
            return Receipt(seq: seq, id: id, state: .queued, isReplay: false)
        }
    }

    func newJobID() -> JobID {
        JobID(trusted: "job_" + UUIDv7.hex(milliseconds: time.wall().milliseconds, random: random))
    }

    /// A refusal while another job changes the subject names that job: what the domain sees is its work.
    private func admit(
        _ job: NewJob, _ admission: @Sendable (Connection) throws -> Void, _ transaction: StoreTransaction
    ) throws {
        do {
            try admission(transaction.connection)
        } catch {
            guard let other = try liveJob(on: job.subjectKey, transaction.connection) else { throw error }
            throw SubmissionRefusal.subjectBusy(other)
        }
    }

    private func insert(_ job: NewJob, id: JobID, _ transaction: inout StoreTransaction) throws -> Int64 {
        let waits = job.runAt.map { $0 > transaction.now } ?? false
        do {
            try insertRow(job, id: id, waits: waits, transaction)
        } catch let error as SQLiteError where error.isUniqueViolation {
            guard let other = try liveJob(on: job.subjectKey, transaction.connection) else { throw error }
            throw SubmissionRefusal.subjectBusy(other)
        }
        let seq = transaction.connection.lastInsertRowID
        try transaction.record(job: seq, .queued, done: 0, total: job.stepCount)
        if waits, let runAt = job.runAt {
            transaction.changes.nextDue.include(wall: runAt)
        } else {
            transaction.changes.someReady = true
        }
        return seq
    }

    private func insertRow(_ job: NewJob, id: JobID, waits: Bool, _ transaction: StoreTransaction) throws {
        let turn = waits ? 0 : turns.withLock { $0.next(kind: job.kind, priority: job.priority, submitter: job.submitter) }
        let place = waits ? JobPlace.waiting : .ready
        try transaction.connection.run(
            Self.insertSQL, id.text, job.kind, job.subject, job.subjectKey, job.isExclusive, job.submitter, job.input,
            job.priority, turn, place.rawValue, job.maxAttempts, waits ? job.runAt?.milliseconds : nil,
            waits ? WaitReason.runAt.rawValue : nil, transaction.now.milliseconds, job.runAt?.milliseconds, job.stepCount)
    }

    /// The live job that changes this subject, by the index `job_live_subject`.
    func liveJob(on subjectKey: String?, _ connection: Connection) throws -> JobID? {
        try connection.first(Self.liveJobSQL, subjectKey) { JobID(trusted: $0.text(0)) }
    }

    func refuseLeftovers(of job: NewJob, _ transaction: StoreTransaction) throws {
        guard job.isExclusive else { return }
        if let other = try transaction.connection.first(Self.leftoversSQL, job.subjectKey, as: { JobID(trusted: $0.text(0)) }) {
            throw SubmissionRefusal.leftovers(other)
        }
    }

    func refuseOverDepth(_ transaction: StoreTransaction) throws {
        let depth = limits.queueDepth
        let live = try transaction.connection.first(Self.liveCountSQL) { $0.int(0) } ?? 0
        if live > depth { throw SubmissionRefusal.queueFull(limit: depth) }
    }

    private static let insertSQL: SQL = """
        INSERT INTO job (id, kind, subject, subject_key, exclusive, submitter, input, priority, turn, state, place, version,
            attempt, max_attempts, fence, due_at, wait_reason, created_at, run_at, total)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, 'queued', ?10, 1, 0, ?11, 0, ?12, ?13, ?14, ?15, ?16)
        """
    private static let liveJobSQL: SQL =
        "SELECT id FROM job WHERE subject_key = ? AND exclusive = 1 AND place IS NOT NULL"
    private static let leftoversSQL: SQL =
        "SELECT id FROM job WHERE subject_key = ? AND leftovers IS NOT NULL ORDER BY seq DESC LIMIT 1"
    static let liveCountSQL: SQL =
        "SELECT coalesce(sum(n), 0) FROM job_count WHERE state IN ('queued', 'running', 'retrying', 'rolling_back')"
}
