// SPDX-License-Identifier: Apache-2.0
import SQLite
import Time

extension JobStore {
    /// Keeps claims alive for another lease; answers those that are lost: stop their work, record nothing.
    public func renew(_ claims: [Claim]) async throws -> [Claim] {
        try await write { [self] transaction in
            let until = (time.boot() + limits.lease).milliseconds
            return try claims.filter { claim in
                try transaction.connection.run(Self.renewSQL, claim.seq, claim.fence, until) == 0
            }
        }
    }

    /// Makes what is due claimable: waits that are over, and jobs whose lease ran out.
    /// - Returns: the earliest moment at which there is something to do again.
    public func moveDue() async throws -> NextDue {
        try await write { [self] transaction in
            let boot = time.boot()
            let due = try transaction.connection.all(Self.dueSQL, boot.milliseconds, transaction.now.milliseconds, Self.dueSlice) {
                $0.int64(0)
            }
            for seq in due { try makeClaimable(seq, &transaction) }
            let expired = try transaction.connection.all(Self.expiredSQL, boot.milliseconds, Self.dueSlice) { $0.int64(0) }
            for seq in expired { try takeBack(seq, &transaction) }
            if due.count == Self.dueSlice || expired.count == Self.dueSlice { return NextDue(boot: boot) }
            return try earliest(transaction.connection)
        }
    }

    private func makeClaimable(_ seq: Int64, _ transaction: inout StoreTransaction) throws {
        let turn = try turn(of: seq, transaction.connection)
        try transaction.connection.run(Self.makeClaimableSQL, seq, turn)
        transaction.changes.jobs.append(seq)
        transaction.changes.someReady = true
    }

    private func takeBack(_ seq: Int64, _ transaction: inout StoreTransaction) throws {
        let turn = try turn(of: seq, transaction.connection)
        let job = try transaction.connection.first(Self.takeBackSQL, seq, turn) { row in
            (state: try JobState(stored: row.text(0)), done: row.int(1), total: row.int(2))
        }
        guard let job else { return }
        try transaction.record(job: seq, job.state, done: job.done, total: job.total)
        transaction.changes.someReady = true
    }

    func turn(of seq: Int64, _ connection: Connection) throws -> Int64? {
        try connection.first("SELECT kind, priority, submitter FROM job WHERE seq = ?", seq) { row in
            turns.withLock { $0.next(kind: row.text(0), priority: row.int(1), submitter: row.text(2)) }
        }
    }

    private func earliest(_ connection: Connection) throws -> NextDue {
        let boots = try [Self.firstDueSQL, Self.firstLeaseSQL].compactMap { sql in
            try connection.first(sql) { $0.int64(0) }.map(BootTime.init(milliseconds:))
        }
        return NextDue(boot: boots.min(), wall: try connection.first(Self.firstRunAtSQL) { WallTime(milliseconds: $0.int64(0)) })
    }

    /// Jobs moved in one transaction, so that nobody waits long behind it.
    private static let dueSlice = 500

    private static let renewSQL: SQL = "UPDATE job SET lease_until_boot = ?3 WHERE seq = ?1 AND fence = ?2 AND place = 'leased'"
    static let dueSQL: SQL = """
        SELECT seq FROM job INDEXED BY job_due WHERE place = 'waiting' AND due_boot IS NOT NULL AND due_boot <= ?1
        UNION ALL
        SELECT seq FROM job INDEXED BY job_run_at WHERE place = 'waiting' AND due_boot IS NULL AND due_at <= ?2
        LIMIT ?3
        """
    static let expiredSQL: SQL = """
        SELECT seq FROM job INDEXED BY job_lease WHERE place = 'leased' AND lease_until_boot <= ?1 LIMIT ?2
        """
    static let firstDueSQL: SQL = """
        SELECT due_boot FROM job INDEXED BY job_due WHERE place = 'waiting' AND due_boot IS NOT NULL ORDER BY due_boot LIMIT 1
        """
    static let firstRunAtSQL: SQL = """
        SELECT due_at FROM job INDEXED BY job_run_at WHERE place = 'waiting' AND due_boot IS NULL ORDER BY due_at LIMIT 1
        """
    static let firstLeaseSQL: SQL = """
        SELECT lease_until_boot FROM job INDEXED BY job_lease WHERE place = 'leased' ORDER BY lease_until_boot LIMIT 1
        """
    private static let makeClaimableSQL: SQL = """
        UPDATE job SET place = CASE state WHEN 'rolling_back' THEN 'undo' ELSE 'ready' END, turn = coalesce(?2, turn),
            due_boot = NULL, due_at = NULL, due_delay_ms = NULL, wait_reason = NULL, wait_detail = NULL, version = version + 1
        WHERE seq = ?1 AND place = 'waiting'
        """
    /// What becomes of a leased job whose worker is gone: a cancellation, or a failure that its worker had not turned back
    /// for, lets it roll back (`JobState.moves`: cancelAsked, failedForGood), else it goes on (leaseExpired).
    static let stateWithoutWorker: SQL = """
        CASE WHEN state = 'rolling_back' OR cancel_requested = 1 OR error IS NOT NULL THEN 'rolling_back' ELSE 'queued' END
        """
    static let placeWithoutWorker: SQL = """
        CASE WHEN state = 'rolling_back' OR cancel_requested = 1 OR error IS NOT NULL THEN 'undo' ELSE 'ready' END
        """
    private static let takeBackSQL: SQL = """
        UPDATE job SET place = \(placeWithoutWorker), state = \(stateWithoutWorker), turn = coalesce(?2, turn),
            version = version + 1
        WHERE seq = ?1 AND place = 'leased'
        RETURNING state, done, total
        """
}
