// SPDX-License-Identifier: Apache-2.0
import SQLite
import Time

extension JobStore {
    /// Changes the domain's own tables, which live in the same file, in one transaction; returns once it is on disk. What
    /// belongs to the outcome of a step goes into that step's `Advance` instead.
    public func change<T: Sendable>(_ body: @escaping @Sendable (Connection) throws -> T) async throws -> T {
        try await write { try body($0.connection) }
    }

    /// Takes note that nothing is left behind by an ended job any more: its subject is free.
    /// - Returns: false where it has no leftovers, or is at work again.
    public func clearLeftovers(of id: JobID) async throws -> Bool {
        try await write { transaction in
            let cleared = try transaction.connection.first(Self.clearLeftoversSQL, id.text) { row in
                (seq: row.int64(0), state: try JobState(stored: row.text(1)), done: row.int(2), total: row.int(3))
            }
            guard let cleared else { return false }
            try transaction.record(job: cleared.seq, cleared.state, done: cleared.done, total: cleared.total)
            return true
        }
    }

    /// The ended jobs that left something behind, oldest first, at most `limit` after `seq`.
    public func jobsWithLeftovers(after seq: Int64 = 0, limit: Int) async throws -> [JobRecord] {
        try await read { try $0.all(Self.withLeftoversSQL, seq, limit) { try JobRecord($0) } }
    }

    private static let clearLeftoversSQL: SQL = """
        UPDATE job SET leftovers = NULL, version = version + 1
        WHERE id = ? AND leftovers IS NOT NULL AND place IS NULL
        RETURNING seq, state, done, total
        """
    private static let withLeftoversSQL: SQL = """
        SELECT \(JobRecord.columns) FROM job
        WHERE seq IN (SELECT seq FROM job INDEXED BY job_leftovers WHERE leftovers IS NOT NULL) AND seq > ?1
        ORDER BY seq LIMIT ?2
        """
}
