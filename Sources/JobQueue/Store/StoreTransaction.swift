// SPDX-License-Identifier: Apache-2.0
import SQLite
import Time

/// What one transaction changed, told to those who wait for it once it is durable.
public struct StoreChanges: Sendable {
    /// Jobs of which a client can see a change.
    public var jobs: [Int64] = []
    /// A job became claimable.
    public var someReady = false
    /// Jobs in work of which a cancellation was put on record.
    public var cancelled: [Int64] = []
    /// The earliest moment for which a job now waits.
    public var nextDue = NextDue()

    public init() {}
}

/// The earliest moments at which the store has something to do by itself.
public struct NextDue: Sendable, Equatable {
    public var boot: BootTime?
    public var wall: WallTime?

    public init(boot: BootTime? = nil, wall: WallTime? = nil) {
        self.boot = boot
        self.wall = wall
    }

    mutating func include(boot time: BootTime) { boot = boot.map { min($0, time) } ?? time }
    mutating func include(wall time: WallTime) { wall = wall.map { min($0, time) } ?? time }
}

/// One instant and one connection for all that a change writes, and the list of what to tell afterwards.
struct StoreTransaction {
    let connection: Connection
    let now: WallTime
    var changes = StoreChanges()

    init(_ connection: Connection, now: WallTime) {
        self.connection = connection
        self.now = now
    }

    /// Puts a change of the job itself on record.
    mutating func record(job seq: Int64, _ state: JobState, done: Int, total: Int) throws {
        try connection.run(Self.insertJobEvent, seq, now.milliseconds, state.rawValue, done, total)
        changes.jobs.append(seq)
    }

    private static let insertJobEvent: SQL =
        "INSERT INTO event (job_seq, at, state, done, total) VALUES (?, ?, ?, ?, ?)"
}
