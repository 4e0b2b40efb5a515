// SPDX-License-Identifier: Apache-2.0
import SQLite
import Time
import Warehouse

/// The warehouse in files of this machine: the central tables in one SQLite database, each tenant's dataset in a file of
/// its own.
///
/// One process uses the folder at a time; the state directory's lock sees to that. All blocking calls run on queues of
/// their own, none on the caller's.
public final class EmbeddedWarehouse: Warehouse {
    public var kind: WarehouseKind { .embedded }

    let writer: Writer
    let readers: ReaderPool
    let datasets: DatasetFolder
    let template: DatasetTemplate.Shared
    /// Makes, changes and removes dataset files.
    let fileQueues: FileQueues
    /// Runs views and our own queries, the steps' ones among them.
    let readQueues: FileQueues
    /// Runs callers' queries, which may take seconds: they never hold up an onboarding.
    let queryQueues: FileQueues
    let directorySync = DirectorySync()
    let clock: FileClock

    /// Opens the warehouse in `folder`, making the folder if it isn't there. The central tables come with `bootstrap`.
    ///
    /// What a process that died left in `datasets/.tmp` is removed: a job that still needs it makes it again.
    /// - Parameter fileQueues: how many dataset files are made at once. Each queue has one file open at a time, and all
    ///   together never more than `maxOpenFiles`.
    /// - Throws: `unavailable`, `storage_full` or `access_denied`, naming the path.
    public static func open(
        folder: String, fileQueues: Int = 16, time: TimeSource = .system
    ) async throws(WarehouseError) -> EmbeddedWarehouse {
        do {
            return try await FileQueues(count: 1, label: "warehouse.open").run {
                try EmbeddedWarehouse(folder: folder, fileQueues: fileQueues, time: time)
            }
        } catch {
            throw WarehouseError(error, doing: "open the warehouse in \(folder)")
        }
    }

    /// Finishes what was begun on the central tables and closes them; what comes later fails.
    public func close() async throws(WarehouseError) {
        do {
            try await writer.close()
        } catch {
            throw WarehouseError(error, doing: "close the central tables")
        }
    }

    private init(folder: String, fileQueues: Int, time: TimeSource) throws {
        try FileSystem.makeDirectory(folder)
        datasets = try DatasetFolder(in: folder + "/datasets")
        writer = try Writer(path: folder + "/central.sqlite")
        try FileSystem.syncDirectory(folder)
        readers = try ReaderPool(path: writer.path, count: Self.centralReaders)
        template = try DatasetTemplate.Shared()
        self.fileQueues = FileQueues(
            count: min(max(fileQueues, 1), Self.maxOpenFiles - Self.readsAtOnce - Self.queriesAtOnce), label: "warehouse.files")
        readQueues = FileQueues(count: Self.readsAtOnce, label: "warehouse.reads")
        queryQueues = FileQueues(count: Self.queriesAtOnce, label: "warehouse.queries")
        clock = FileClock(time: time)
    }

    /// Dataset files open at one time.
    public static let maxOpenFiles = 64
    static let readsAtOnce = 4
    static let queriesAtOnce = 4
    static let centralReaders = 4
}

extension EmbeddedWarehouse {
    /// Changes the central tables in one transaction, durable when this returns.
    func write<T: Sendable>(
        _ doing: String, until deadline: BootTime, _ body: @escaping @Sendable (Connection) throws -> T
    ) async throws(WarehouseError) -> T {
        let clock = clock
        do {
            return try await writer.write { central in
                try clock.check(deadline, doing: doing)
                return try body(central)
            }
        } catch {
            throw WarehouseError(error, doing: doing)
        }
    }

    /// Reads the central tables, all as of one instant. Its connections hold TEMP views named as the tables are, so
    /// statements say `main.`.
    func read<T: Sendable>(
        _ doing: String, until deadline: BootTime, _ body: @escaping @Sendable (Connection) throws -> T
    ) async throws(WarehouseError) -> T {
        let clock = clock
        do {
            return try await readers.read { central in
                try clock.check(deadline, doing: doing)
                return try central.withDeadline(clock.timeLeft(until: deadline)) { try body(central) }
            }
        } catch {
            throw WarehouseError(error, doing: doing)
        }
    }

    /// Works on dataset files.
    func onFiles<T: Sendable>(
        _ doing: String, until deadline: BootTime, on queues: FileQueues? = nil,
        _ body: @escaping @Sendable () throws -> T
    ) async throws(WarehouseError) -> T {
        let clock = clock
        do {
            return try await (queues ?? fileQueues).run {
                try clock.check(deadline, doing: doing)
                return try body()
            }
        } catch {
            throw WarehouseError(error, doing: doing)
        }
    }
}

/// Deadlines, and the day, on the clocks that were handed in.
struct FileClock: Sendable {
    let time: TimeSource

    var today: UTCDate { UTCDate(time.wall()) }

    func timeLeft(until deadline: BootTime) -> Duration {
        deadline - time.boot()
    }

    func check(_ deadline: BootTime, doing: String) throws(WarehouseError) {
        guard time.boot() < deadline else {
            throw WarehouseError(.deadlineExceeded, "\(doing): its time was over before it began", retry: .withBackoff)
        }
    }
}
