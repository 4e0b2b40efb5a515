// SPDX-License-Identifier: Apache-2.0
import SQLite
import Time

extension JobStore {
    /// The job that this key enqueued, if it did in the last 24 hours.
    /// - Throws: `SubmissionRefusal.idempotencyKeyReused` where the body was another.
    func replay(of key: IdempotencyKey, _ transaction: StoreTransaction) throws -> Receipt? {
        let row = try transaction.connection.first(Self.findSQL, key.scope, key.key) { row in
            (
                digest: row.blob(0), created: WallTime(milliseconds: row.int64(1)), running: row.int64(2),
                receipt: Receipt(
                    seq: row.int64(3), id: JobID(trusted: row.text(4)), state: try JobState(stored: row.text(5)), isReplay: true)
            )
        }
        guard let row else { return nil }
        if hasExpired(created: row.created, running: row.running, now: transaction.now) {
            try transaction.connection.run("DELETE FROM idempotency WHERE scope = ? AND key = ?", key.scope, key.key)
            return nil
        }
        guard row.digest == key.bodyDigest else { throw SubmissionRefusal.idempotencyKeyReused(row.receipt.id) }
        return row.receipt
    }

    func remember(_ key: IdempotencyKey, job seq: Int64, _ transaction: StoreTransaction) throws {
        try transaction.connection.run(
            "INSERT INTO idempotency VALUES (?, ?, ?, ?, ?, ?)", key.scope, key.key, key.bodyDigest, seq,
            transaction.now.milliseconds, runningMilliseconds)
    }

    /// Both the wall clock and the daemon's running time must have passed, so that a clock set wrong destroys nothing.
    private func hasExpired(created: WallTime, running: Int64, now: WallTime) -> Bool {
        let lifetime = IdempotencyKey.lifetime.wholeMilliseconds
        return now.milliseconds - created.milliseconds >= lifetime && runningMilliseconds - running >= lifetime
    }

    private static let findSQL: SQL = """
        SELECT i.body_sha256, i.created_at, i.created_running_ms, j.seq, j.id, j.state
        FROM idempotency i JOIN job j ON j.seq = i.job_seq WHERE i.scope = ? AND i.key = ?
        """
}
