// SPDX-License-Identifier: Apache-2.0
import SQLite
import Time

extension JobStore {
    /// Every so many claims of a kind, its oldest ready job goes first, whatever its priority and turn.
    private static let oldestFirstEvery: Int64 = 8

    /// Claims jobs for as much room as there is, one of each kind in turn: those that roll back first, which also go on
    /// while the queue is paused. Nothing once a later start has opened the store.
    /// - Parameter begin: what the claimed job does first, written in the same transaction as the claim.
    public func claim(
        _ room: Room, begin: @escaping @Sendable (ClaimedJob) -> Beginning
    ) async throws -> [(ClaimedJob, Beginning)] {
        try await write { [self] transaction in
            let store = try transaction.connection.first("SELECT paused, epoch FROM store WHERE id = 1") { row in
                (paused: row.int(0) == 1, epoch: row.int64(1))
            }
            guard let store, store.epoch == identity.epoch else { return [] }
            let paused = store.paused
            var left = room
            var claimed: [(ClaimedJob, Beginning)] = []
            var kinds = room.byKind.filter { $0.value > 0 }.map(\.key).sorted()
            while left.total > 0, !kinds.isEmpty {
                kinds = try kinds.filter { kind in
                    guard left.total > 0 else { return false }
                    guard let job = try claimNext(kind: kind, paused: paused, &transaction) else { return false }
                    let beginning = begin(job)
                    if let first = beginning.advance { try apply(first, to: job.claim, &transaction) }
                    claimed.append((job, beginning))
                    left.total -= 1
                    left.byKind[kind, default: 0] -= 1
                    return left.byKind[kind, default: 0] > 0
                }
            }
            return claimed
        }
    }

    private func claimNext(kind: String, paused: Bool, _ transaction: inout StoreTransaction) throws -> ClaimedJob? {
        let connection = transaction.connection
        let seq = try connection.first(Self.nextUndoSQL, kind) { $0.int64(0) }
            ?? (paused ? nil : nextReady(kind: kind, connection))
        guard let seq else { return nil }
        let isInTurn = try connection.first(Self.isInTurnSQL, seq) { $0.int(0) == 1 } ?? false
        let until = time.boot() + limits.lease
        let job = try connection.first(Self.claimSQL, seq, identity.epoch, until.milliseconds, transaction.now.milliseconds) { row in
            (record: try JobRecord(row), turn: row.int64(28))
        }
        guard let job else { return nil }
        transaction.changes.nextDue.include(boot: until)
        if isInTurn { turns.withLock { $0.served(kind: kind, priority: job.record.priority, turn: job.turn) } }
        try transaction.record(job: seq, job.record.state, done: job.record.done, total: job.record.total)
        let steps = try connection.all(Self.stepsSQL, seq) { try StepRecord($0) }
        return ClaimedJob(
            claim: Claim(seq: seq, id: job.record.id, fence: job.record.fence), job: job.record, steps: steps)
    }

    private func nextReady(kind: String, _ connection: Connection) throws -> Int64? {
        let claims = turns.withLock { $0.countClaim(kind: kind) }
        return claims % Self.oldestFirstEvery == 0
            ? try connection.first(Self.oldestReadySQL, kind) { $0.int64(0) }
            : try connection.first(Self.nextReadySQL, kind) { $0.int64(0) }
    }

    static let nextReadySQL: SQL = """
        SELECT seq FROM job INDEXED BY job_ready WHERE kind = ? AND place = 'ready' ORDER BY priority DESC, turn, seq LIMIT 1
        """
    static let oldestReadySQL: SQL = """
        SELECT seq FROM job INDEXED BY job_oldest WHERE kind = ? AND place = 'ready' ORDER BY seq LIMIT 1
        """
    /// No ready job of its kind and priority has an earlier turn: the turn that is served moves on to its own.
    private static let isInTurnSQL: SQL = """
        SELECT own.place = 'ready' AND NOT EXISTS (
            SELECT 1 FROM job AS other INDEXED BY job_ready
            WHERE other.place = 'ready' AND other.kind = own.kind AND other.priority = own.priority AND other.turn < own.turn)
        FROM job AS own WHERE own.seq = ?
        """
    static let nextUndoSQL: SQL = """
        SELECT seq FROM job INDEXED BY job_undo WHERE kind = ? AND place = 'undo' ORDER BY seq LIMIT 1
        """
    /// A claim after a wait counts as an attempt, a claim after a lost lease or a restart does not.
    private static let claimSQL: SQL = """
        UPDATE job SET state = CASE state WHEN 'rolling_back' THEN state ELSE 'running' END, place = 'leased',
            fence = fence + 1, lease_epoch = ?2, lease_until_boot = ?3, started_at = coalesce(started_at, ?4),
            attempt = attempt + (attempt = 0 OR state = 'retrying'), version = version + 1,
            due_boot = NULL, due_at = NULL, due_delay_ms = NULL, wait_reason = NULL, wait_detail = NULL
        WHERE seq = ?1 AND place IN ('ready', 'undo')
        RETURNING \(JobRecord.columns), turn
        """
    static let stepsSQL: SQL = """
        SELECT \(StepRecord.columns) FROM step WHERE job_seq = ?
        """
}

extension JobStore {
    /// The statements that run for every job, so that a test can ask how they are run.
    package static let hotStatements: [(name: String, sql: SQL)] = [
        ("next ready", nextReadySQL), ("oldest ready", oldestReadySQL), ("next undo", nextUndoSQL), ("claim", claimSQL),
        ("steps", stepsSQL), ("due", dueSQL), ("expired", expiredSQL), ("first due", firstDueSQL),
        ("first run_at", firstRunAtSQL), ("first lease", firstLeaseSQL), ("job by id", jobByIDSQL),
        ("failures", failuresSQL), ("events", eventsSQL), ("by subject", bySubjectSQL), ("by state", byStateSQL),
    ]
}
