// SPDX-License-Identifier: Apache-2.0
import Synchronization

/// The one write connection of a file. Operations that gather while the last commit syncs share the next commit.
///
/// Each operation runs inside a savepoint of the batch's transaction: one that throws is undone alone. Every answer, an error
/// too, is given only after COMMIT, in the order of submission. If SQLite undoes the whole transaction (disk full, I/O error,
/// out of memory) or COMMIT fails, all operations that had a part in it fail with that error.
public final class Writer: Sendable {
    public let path: String
    private let commits: QueueConfined<GroupCommit>
    private let intake = Mutex(Intake())
    private let lastHealth: Mutex<Health>

    /// Opens or makes the file: WAL, synchronous=FULL, foreign keys on; then empties the log into it. If another program's
    /// reader keeps that from succeeding, the writer begins as suspect and tries again with each operation.
    public init(path: String, options: Options = .init()) throws(SQLiteError) {
        self.path = path
        let groupCommit = try GroupCommit(path: path, options: options)
        lastHealth = Mutex(groupCommit.health)
        commits = QueueConfined(groupCommit, label: "sqlite.writer")
    }

    /// Runs `body` on the writer's queue. It must not begin or end a transaction. `completion` is called on the writer's queue,
    /// once, after COMMIT; what it does holds up the next batch.
    public func submit<T: Sendable>(
        _ body: @escaping @Sendable (Connection) throws -> T,
        completion: @escaping @Sendable (Result<T, any Error>) -> Void
    ) {
        let operation = Operation(body, completion: completion)
        switch intake.withLock({ $0.admit(operation) }) {
        case .gathers: return
        case .startsBatch: commits.async { self.commitAll(with: $0) }
        case .refused: commits.async { _ in operation.fail(WriterError.closed(path: self.path)) }
        }
    }

    /// As `submit`; no task thread waits. The operation goes on if the calling task is cancelled.
    @discardableResult
    public func write<T: Sendable>(_ body: @escaping @Sendable (Connection) throws -> T) async throws -> T {
        try await withCheckedThrowingContinuation { continuation in
            submit(body) { continuation.resume(with: $0) }
        }
    }

    public var health: Health { lastHealth.withLock { $0 } }

    /// Finishes what was submitted, refuses the rest, checkpoints and closes the file. Once all other connections are closed too
    /// the log is gone and the database is one file.
    /// - Throws: the failure of that checkpoint. The file is closed nevertheless, nothing acknowledged is lost: the next open
    ///   tries again.
    public func close() async throws {
        intake.withLock { $0.isClosed = true }
        try await withCheckedThrowingContinuation { continuation in
            commits.async { groupCommit in
                let result = Result { try groupCommit.close() }
                self.publishHealth(of: groupCommit)
                continuation.resume(with: result)
            }
        }
    }

    private func commitAll(with groupCommit: GroupCommit) {
        var gathered: ArraySlice<Operation> = []
        while intake.withLock({ $0.moveAll(to: &gathered) }) {
            let answers = groupCommit.commit(gathered)
            publishHealth(of: groupCommit)
            gathered = gathered.dropFirst(answers.count)
            for answer in answers { answer() }
            groupCommit.checkpointIfDue()
            publishHealth(of: groupCommit)
        }
    }

    private func publishHealth(of groupCommit: GroupCommit) {
        lastHealth.withLock { $0 = groupCommit.health }
    }
}

/// Operations on their way to the queue.
private struct Intake {
    enum Admission { case gathers, startsBatch, refused }

    var isClosed = false
    private var operations: [Operation] = []
    /// A loop is at work, or about to be, that takes whatever is here before it ends.
    private var isBeingEmptied = false

    mutating func admit(_ operation: Operation) -> Admission {
        if isClosed { return .refused }
        operations.append(operation)
        if isBeingEmptied { return .gathers }
        isBeingEmptied = true
        return .startsBatch
    }

    /// - Returns: false when there is nothing left to do.
    mutating func moveAll(to gathered: inout ArraySlice<Operation>) -> Bool {
        gathered += operations
        operations.removeAll(keepingCapacity: true)
        isBeingEmptied = !gathered.isEmpty
        return isBeingEmptied
    }
}
