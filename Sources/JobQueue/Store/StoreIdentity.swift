// SPDX-License-Identifier: Apache-2.0
import Cryptography
import SQLite
import Time

/// Which store this is, and which start of a daemon on it.
public struct StoreIdentity: Sendable {
    /// Random, drawn once: names the store to the warehouse it owns.
    public let instanceID: String
    /// Grows with each start: a lease of an older epoch is void.
    public let epoch: Int64
    /// Jobs whose worker was gone when this daemon started.
    public let recoveredJobs: Int
    let runningAtStart: Int64
    let startedAt: BootTime

    static func begin(
        _ connection: Connection, bootID: String, time: TimeSource, random: RandomSource
    ) throws -> (identity: StoreIdentity, turns: Turns) {
        let now = time.wall(), boot = time.boot()
        try connection.run(
            "INSERT INTO store VALUES (1, ?, 0, ?, 0, 0, NULL) ON CONFLICT DO NOTHING", hex(random.bytes(16)), bootID)
        let former = try connection.first("SELECT boot_id FROM store WHERE id = 1") { $0.text(0) }
        if former != bootID { try rebase(connection, now: now, boot: boot) }
        let row = try connection.first(
            "UPDATE store SET epoch = epoch + 1, boot_id = ? WHERE id = 1 RETURNING instance_id, epoch, running_ms", bootID
        ) { (instance: $0.text(0), epoch: $0.int64(1), running: $0.int64(2)) }
        guard let row else { throw StoreError.unreadable("table store without its row") }
        let recovered = try recover(connection, epoch: row.epoch, now: now)
        let identity = StoreIdentity(
            instanceID: row.instance, epoch: row.epoch, recoveredJobs: recovered, runningAtStart: row.running, startedAt: boot)
        return (identity, try Turns(readFrom: connection))
    }

    /// Pauses drawn in another boot: what is left by the wall clock, at most the pause as it was drawn.
    private static func rebase(_ connection: Connection, now: WallTime, boot: BootTime) throws {
        try connection.run(
            """
            UPDATE job SET due_boot = ?1 + min(max(due_at - ?2, 0), due_delay_ms)
            WHERE place = 'waiting' AND due_boot IS NOT NULL
            """, boot.milliseconds, now.milliseconds)
        try connection.run(
            """
            UPDATE step SET due_boot = ?1 + min(max(due_at - ?2, 0), due_delay_ms)
            WHERE due_boot IS NOT NULL AND job_seq IN (SELECT seq FROM job WHERE state IN ('queued', 'running', 'retrying', 'rolling_back'))
            """, boot.milliseconds, now.milliseconds)
    }

    /// A lease of an older epoch has no worker behind it: its job is claimable at once.
    private static func recover(_ connection: Connection, epoch: Int64, now: WallTime) throws -> Int {
        try connection.run(
            """
            INSERT INTO event (job_seq, at, state, done, total)
            SELECT seq, ?2, \(JobStore.stateWithoutWorker), done, total
            FROM job WHERE place = 'leased' AND lease_epoch < ?1
            """, epoch, now.milliseconds)
        return try connection.run(
            """
            UPDATE job SET place = \(JobStore.placeWithoutWorker), state = \(JobStore.stateWithoutWorker), version = version + 1
            WHERE place = 'leased' AND lease_epoch < ?1
            """, epoch)
    }
}
