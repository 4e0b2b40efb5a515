// SPDX-License-Identifier: Apache-2.0
import SQLite
import Time

/// How long, and how many, ended jobs of a kind are kept.
public struct Retention: Sendable, Equatable {
    public var age: Duration
    public var count: Int

    public init(age: Duration, count: Int) {
        self.age = age
        self.count = count
    }
}

extension JobStore {
    /// Removes a slice of a kind's ended jobs that are over their retention, with their steps and events. Kept whatever their
    /// age: jobs with a live idempotency key, an unread secret, or leftovers, and the newest rows (no number is used twice).
    /// - Parameter slice: at most so many in one transaction, so that nobody waits long behind it.
    /// - Returns: how many went; 0: nothing more is due.
    public func prune(kind: String, _ retention: Retention, slice: Int = 20) async throws -> Int {
        try await write { [self] transaction in
            let connection = transaction.connection
            let ended = try connection.first(Self.endedCountSQL, kind) { $0.int(0) } ?? 0
            let surplus = min(max(ended - retention.count, 0), slice)
            let age = retention.age.wholeMilliseconds
            var gone = try connection.all(
                Self.pruneByAgeSQL, kind, transaction.now.milliseconds - age, runningMilliseconds - age, slice) { $0.int64(0) }
            if gone.count < surplus {
                gone += try connection.all(Self.pruneByCountSQL, kind, surplus - gone.count) { $0.int64(0) }
            }
            transaction.changes.jobs += gone
            return gone.count
        }
    }

    /// Forgets a slice of the idempotency keys whose time is over.
    /// - Returns: how many; 0: nothing more is due.
    public func forgetIdempotencyKeys(slice: Int = 200) async throws -> Int {
        let lifetime = IdempotencyKey.lifetime.wholeMilliseconds
        return try await write { [self] transaction in
            try transaction.connection.run(
                Self.forgetKeysSQL, transaction.now.milliseconds - lifetime, runningMilliseconds - lifetime, slice)
        }
    }

    private static let forgetKeysSQL: SQL = """
        DELETE FROM idempotency WHERE (scope, key) IN (
            SELECT scope, key FROM idempotency WHERE created_at <= ?1 AND created_running_ms <= ?2 LIMIT ?3)
        """
    private static let endedCountSQL: SQL = """
        SELECT coalesce(sum(n), 0) FROM job_count WHERE kind = ? AND state IN ('succeeded', 'failed', 'cancelled')
        """
    /// What may go, as a condition on `job`.
    private static let mayGo: SQL = """
        kind = ?1 AND place IS NULL AND leftovers IS NULL
        AND seq < (SELECT max(seq) FROM job)
        AND seq <> (SELECT job_seq FROM event ORDER BY seq DESC LIMIT 1)
        AND NOT EXISTS (SELECT 1 FROM idempotency WHERE job_seq = job.seq)
        AND NOT EXISTS (SELECT 1 FROM secret WHERE job_seq = job.seq AND sealed IS NOT NULL)
        """
    private static let pruneByAgeSQL: SQL = """
        DELETE FROM job WHERE seq IN (
            SELECT seq FROM job INDEXED BY job_ended
            WHERE finished_at <= ?2 AND finished_running_ms <= ?3 AND \(mayGo) ORDER BY finished_at LIMIT ?4)
        RETURNING seq
        """
    private static let pruneByCountSQL: SQL = """
        DELETE FROM job WHERE seq IN (
            SELECT seq FROM job INDEXED BY job_ended WHERE \(mayGo) ORDER BY finished_at LIMIT ?2)
        RETURNING seq
        """
}
