// SPDX-License-Identifier: Apache-2.0
import CSQLite

/// Turns gathered operations into commits. Lives on the writer's queue.
final class GroupCommit {
    /// Tells one caller how the operation went.
    typealias Answer = () -> Void

    private let path: String
    private let options: Writer.Options
    /// Nil once closed.
    private var connection: Connection?
    private(set) var health = Writer.Health()
    /// The log's length, in pages, at which the next checkpoint is due.
    private var checkpointDue: Int

    init(path: String, options: Writer.Options) throws(SQLiteError) {
        self.path = path
        self.options = options
        checkpointDue = options.checkpointPages
        let connection = try Connection(writing: path, options: options)
        self.connection = connection
        do {
            try connection.checkpoint(.truncate)
        } catch {
            guard error.isBusy else { throw error }
            health.state = .suspect(error)
        }
    }

    /// Commits a batch from the front of `operations`, which is not empty.
    /// - Returns: the answers, now true, of the operations that were taken: at least one.
    func commit(_ operations: ArraySlice<Operation>) -> [Answer] {
        let answers: [Answer]
        do {
            let connection = try trustedConnection()
            answers = transact(operations.prefix(options.maxBatch), on: connection)
            if connection.walPages < health.walPages { checkpointDue = options.checkpointPages }
            health.walPages = connection.walPages
            health.commits = connection.walCommits
        } catch {
            answers = operations.map { operation in { operation.fail(error) } }
        }
        health.operations += answers.count
        return answers
    }

    /// Checkpoints when the log is long enough; to be called between commits.
    func checkpointIfDue() {
        guard let connection, health.state == .open, connection.walPages >= checkpointDue else { return }
        do {
            try connection.checkpoint(.passive)
            health.checkpointFailure = nil
        } catch {
            health.checkpointFailure = error
            if error.isIOError { health.state = .suspect(error) }
        }
        // The log begins anew with the next commit, unless a reader still needs it. Then try again when it has grown a little.
        checkpointDue = connection.walPages + max(options.checkpointPages / 8, 1)
    }

    func close() throws(SQLiteError) {
        guard let connection else { return }
        defer {
            self.connection = nil
            health.state = .closed
            health.walPages = 0
        }
        try connection.checkpoint(.truncate)
        try connection.allowCheckpointOnClose()
    }
}

extension GroupCommit {
    /// The connection, if what it reports can be believed: after a failed sync, only once a whole checkpoint has succeeded.
    private func trustedConnection() throws -> Connection {
        guard let connection else { throw WriterError.closed(path: path) }
        guard case .suspect = health.state else { return connection }
        do {
            try connection.checkpoint(.truncate)
        } catch {
            health.state = .suspect(error)
            throw WriterError.suspect(path: path, cause: error)
        }
        health.state = .open
        health.checkpointFailure = nil
        checkpointDue = options.checkpointPages
        return connection
    }

    /// Runs one transaction. Without an error, each operation has its own outcome; otherwise all that had a part in it fail.
    private func transact(_ operations: ArraySlice<Operation>, on connection: Connection) -> [Answer] {
        var begun = 0
        do {
            try connection.execute("BEGIN IMMEDIATE", [])
            let answers = try run(operations, on: connection, begun: &begun)
            if connection.isInTransaction { try connection.execute("COMMIT", []) }
            return answers
        } catch {
            doubtIfNeeded(after: error)
            abandon(connection)
            let lost = begun == 0 ? operations : operations.prefix(begun)
            return lost.map { operation in { operation.fail(error) } }
        }
    }

    private func run(
        _ operations: ArraySlice<Operation>, on connection: Connection, begun: inout Int
    ) throws -> [Answer] {
        let isAlone = operations.count == 1
        let end = ContinuousClock.now + options.maxBatchTime
        var answers: [Answer] = []
        for operation in operations {
            begun += 1
            let run = isAlone ? runAlone : runInSavepoint
            answers.append(try run(operation, connection))
            if ContinuousClock.now >= end { break }
        }
        return answers
    }

    private func runAlone(_ operation: Operation, on connection: Connection) throws -> Answer {
        do {
            return try runInTransaction(operation, on: connection)
        } catch {
            guard connection.isInTransaction else { throw error }
            try connection.execute("ROLLBACK", [])
            return { operation.fail(error) }
        }
    }

    private func runInSavepoint(_ operation: Operation, on connection: Connection) throws -> Answer {
        try connection.execute("SAVEPOINT operation", [])
        do {
            let answer = try runInTransaction(operation, on: connection)
            try connection.execute("RELEASE operation", [])
            return answer
        } catch {
            guard connection.isInTransaction else { throw error }
            try connection.execute("ROLLBACK TO operation", [])
            try connection.execute("RELEASE operation", [])
            return { operation.fail(error) }
        }
    }

    private func runInTransaction(_ operation: Operation, on connection: Connection) throws -> Answer {
        let answer = try operation.run(connection)
        guard connection.isInTransaction else {
            let message = "the transaction ended inside an operation that reported success"
            throw SQLiteError(code: SQLITE_ABORT, message: message)
        }
        // Found now, by the operation that broke it, or at COMMIT, by all.
        guard !connection.hasBrokenForeignKeys else {
            throw SQLiteError(code: SQLITE_CONSTRAINT, message: "FOREIGN KEY constraint failed")
        }
        return answer
    }

    /// A transaction lost to an I/O error may have been lost in a sync. So may one whose cause the operation kept to itself.
    private func doubtIfNeeded(after error: any Error) {
        let cause = error as? SQLiteError
            ?? SQLiteError(code: SQLITE_IOERR, message: "a transaction was lost, its operation hides why")
        if cause.isIOError || cause.code == .abort { health.state = .suspect(cause) }
    }

    private func abandon(_ connection: Connection) {
        do {
            try connection.rollBackIfNeeded()
        } catch {
            // The next BEGIN would fail for the same reason; a checkpoint does too, and says why.
            health.state = .suspect(error)
        }
    }
}
