// SPDX-License-Identifier: Apache-2.0
import Cryptography
import SQLite
import Synchronization
import Time

/// The durable table of jobs: every change is one transaction on the store's only write connection, and is published
/// once it is on disk. It is passive: `Dispatcher` decides when to claim and when to look for what is due.
public final class JobStore: Sendable {
    public struct Limits: Sendable, Equatable {
        /// Live jobs that may be in the store.
        public var queueDepth: Int
        /// How long a claim holds without being renewed.
        public var lease: Duration

        public init(queueDepth: Int = 1_000_000, lease: Duration = .seconds(30)) {
            self.queueDepth = queueDepth
            self.lease = lease
        }
    }

    public let changes: ChangeHub
    public let identity: StoreIdentity
    let writer: Writer
    let readers: ReaderPool
    let time: TimeSource
    let random: RandomSource
    let turns: Mutex<Turns>
    private let currentLimits: Mutex<Limits>

    /// Opens a store whose schema is up to date, raises its epoch, and makes the jobs of former leases claimable.
    /// - Parameter bootID: the kernel's boot id: pauses drawn in another boot are measured anew by the wall clock.
    public static func open(
        path: String, bootID: String, limits: Limits, readers: Int = 2, time: TimeSource, random: RandomSource
    ) async throws -> JobStore {
        let writer = try Writer(path: path)
        let begun = try await writer.write { connection in
            try StoreIdentity.begin(connection, bootID: bootID, time: time, random: random)
        }
        return JobStore(
            changes: try ChangeHub(time: time), writer: writer, readers: try ReaderPool(path: path, count: readers), identity: begun.identity,
            turns: begun.turns, limits: limits, time: time, random: random)
    }

    private init(
        changes: ChangeHub, writer: Writer, readers: ReaderPool, identity: StoreIdentity, turns: Turns, limits: Limits, time: TimeSource,
        random: RandomSource
    ) {
        self.changes = changes
        self.writer = writer
        self.readers = readers
        self.identity = identity
        self.turns = Mutex(turns)
        currentLimits = Mutex(limits)
        self.time = time
        self.random = random
    }

    public var limits: Limits {
        get { currentLimits.withLock { $0 } }
        set { currentLimits.withLock { $0 = newValue } }
    }

    /// The time that daemons have run on this store, summed: expiries need it to have passed as well as the wall clock.
    var runningMilliseconds: Int64 {
        identity.runningAtStart + (time.boot() - identity.startedAt).wholeMilliseconds
    }

    /// Writes the summed running time: what a crash forgets of it only keeps things longer.
    public func noteRunningTime() async throws {
        let running = runningMilliseconds
        _ = try await writer.write { try $0.run("UPDATE store SET running_ms = ? WHERE id = 1", running) }
    }

    /// Closes the files. Nothing may be submitted afterwards.
    public func close() async throws {
        try await noteRunningTime()
        try await writer.close()
    }

    /// Runs `body` in one transaction and publishes what it changed once that is durable.
    func write<T: Sendable>(_ body: @escaping @Sendable (inout StoreTransaction) throws -> T) async throws -> T {
        try await withCheckedThrowingContinuation { continuation in
            writer.submit { [time] connection -> (T, StoreChanges) in
                var transaction = StoreTransaction(connection, now: time.wall())
                let value = try body(&transaction)
                return (value, transaction.changes)
            } completion: { [changes] result in
                if case .success(let (_, what)) = result { changes.publish(what) }
                continuation.resume(with: result.map(\.0))
            }
        }
    }

    /// Reads as of one instant. The domain's own tables live in the same file.
    public func read<T: Sendable>(_ body: @escaping @Sendable (Connection) throws -> T) async throws -> T {
        try await readers.read(body)
    }
}
