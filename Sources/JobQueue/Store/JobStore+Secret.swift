// SPDX-License-Identifier: Apache-2.0
import SQLite
import Time

/// What a look for a job's secret found.
public enum SecretLook: Sendable, Equatable {
    /// Shown now, for the only time: the sealed bytes, which the store no longer has.
    case shown(sealed: [UInt8])
    /// There is one, but its job hasn't released it.
    case notYet
    /// It was shown before.
    case shownBefore(at: WallTime)
    case expired
    /// The job never had one.
    case none
}

extension JobStore {
    /// How long an unread secret is kept after its release, by the wall clock and by the daemon's running time.
    public static let secretLifetime = Duration.seconds(24 * 3600)

    /// Takes a job's secret out of the store, for good, on record for whom. Of two at once one gets it.
    public func showSecret(of seq: Int64, to viewer: String) async throws -> SecretLook {
        try await write { [self] transaction in
            let look = try lookForSecret(of: seq, transaction)
            if case .shown = look {
                try transaction.connection.run(
                    "UPDATE secret SET sealed = NULL, shown_at = ?2, shown_to = ?3 WHERE job_seq = ?1", seq,
                    transaction.now.milliseconds, viewer)
            }
            return look
        }
    }

    /// Puts a secret back that never reached the one it was taken for.
    public func putSecretBack(of seq: Int64, sealed: [UInt8]) async throws {
        _ = try await write { transaction in
            try transaction.connection.run(
                "UPDATE secret SET sealed = ?2, shown_at = NULL, shown_to = NULL WHERE job_seq = ?1 AND sealed IS NULL", seq,
                sealed)
        }
    }

    /// Destroys the secrets whose time is over, and answers how many.
    public func expireSecrets() async throws -> Int {
        let lifetime = Self.secretLifetime.wholeMilliseconds
        return try await write { [self] transaction in
            try transaction.connection.run(
                """
                UPDATE secret SET sealed = NULL
                WHERE sealed IS NOT NULL AND released_at IS NOT NULL AND released_at <= ?1 AND released_running_ms <= ?2
                """, transaction.now.milliseconds - lifetime, runningMilliseconds - lifetime)
        }
    }

    func keepSecret(of advance: Advance, job seq: Int64, _ transaction: StoreTransaction) throws {
        if advance.destroysSecret { try transaction.connection.run("DELETE FROM secret WHERE job_seq = ?", seq) }
        if let sealed = advance.secret {
            try transaction.connection.run(
                "INSERT INTO secret (job_seq, sealed) VALUES (?1, ?2) ON CONFLICT DO UPDATE SET sealed = ?2", seq, sealed)
        }
        if advance.releasesSecret {
            try transaction.connection.run(
                "UPDATE secret SET released_at = ?2, released_running_ms = ?3 WHERE job_seq = ?1", seq,
                transaction.now.milliseconds, runningMilliseconds)
            try transaction.connection.run(
                "UPDATE step SET drawn = NULL WHERE job_seq = ? AND state = 'succeeded'", seq)
        }
    }

    private func lookForSecret(of seq: Int64, _ transaction: StoreTransaction) throws -> SecretLook {
        let lifetime = Self.secretLifetime.wholeMilliseconds
        let now = transaction.now.milliseconds, running = runningMilliseconds
        let found = try transaction.connection.first(
            "SELECT sealed, released_at, released_running_ms, shown_at FROM secret WHERE job_seq = ?", seq
        ) { row -> SecretLook in
            if let shown = row.wallTime(3) { return .shownBefore(at: shown) }
            if row.isNull(1) { return .notYet }
            let isOver = now - row.int64(1) >= lifetime && running - row.int64(2) >= lifetime
            return row.isNull(0) || isOver ? .expired : .shown(sealed: row.blob(0))
        }
        return found ?? .none
    }
}
