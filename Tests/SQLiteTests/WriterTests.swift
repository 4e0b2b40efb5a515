// SPDX-License-Identifier: Apache-2.0
import Dispatch
import Foundation
import SQLite
import Testing

@Suite("Writer") struct WriterTests {
    let folder: TemporaryFolder
    let path: String

    init() throws {
        folder = try TemporaryFolder()
        path = folder.file("store.sqlite")
    }

    func open(_ change: (inout Writer.Options) -> Void = { _ in }) async throws -> Writer {
        var options = Writer.Options()
        // A slow machine must not split a batch by time where a test counts commits.
        options.maxBatchTime = .seconds(60)
        change(&options)
        let writer = try Writer(path: path, options: options)
        try await writer.write {
            try $0.executeScript("CREATE TABLE IF NOT EXISTS item (id INTEGER PRIMARY KEY, name TEXT) STRICT")
        }
        return writer
    }

    /// Holds the writer's queue while `submit` runs, so that all it submits gathers.
    func gather(on writer: Writer, _ submit: () -> Void) async throws {
        let gate = Gate()
        let entered = Task { try await writer.write { _ in gate.reach() } }
        await gate.reached()
        submit()
        gate.open()
        try await entered.value
        try await writer.write { _ in }
    }

    func ids(_ connection: Connection) throws -> [Int] { try connection.all("SELECT id FROM item ORDER BY id") { $0.int(0) } }

    @Test("opens as WAL, synced at each commit, with foreign keys")
    func settings() async throws {
        let writer = try await open { $0.pageSize = 8192 }
        let settings = try await writer.write { connection in
            let pragmas: [SQL] = [
                "PRAGMA journal_mode", "PRAGMA synchronous", "PRAGMA foreign_keys", "PRAGMA secure_delete",
                "PRAGMA page_size", "PRAGMA trusted_schema",
            ]
            return try pragmas.map { try connection.first($0) { $0.text(0) } }
        }
        #expect(settings == ["wal", "2", "1", "2", "8192", "0"])
    }

    @Test("operations that gather behind a running one share one commit and one sync, answered in order")
    func sharesCommits() async throws {
        let disk = try FaultyDisk()
        let writer = try await open { $0.vfs = disk.name }
        let commitsBefore = writer.health.commits
        let syncsBefore = disk.syncs
        let answers = Collected<Int>()
        try await gather(on: writer) {
            for id in 1...100 {
                writer.submit { try $0.run("INSERT INTO item VALUES (?, 'x')", id) } completion: { _ in answers.append(id) }
            }
        }
        #expect(answers.all == Array(1...100))
        #expect(writer.health.commits - commitsBefore == 1)
        #expect(disk.syncs - syncsBefore == 1)
    }

    @Test("an operation that fails harms no other, and hears of it only after the commit of the others")
    func isolatesFailures() async throws {
        let writer = try await open()
        let path = path
        let seen = Collected<[Int]>()
        let failures = Collected<SQLiteError>()
        let record: @Sendable (Result<Int, any Error>) -> Void = { result in
            if case .failure(let error as SQLiteError) = result { failures.append(error) }
            do {
                let reader = try Connection(path: path, mode: .readOnly)
                seen.append(try reader.all("SELECT id FROM item ORDER BY id") { $0.int(0) })
            } catch {
                Issue.record(error)
            }
        }
        try await gather(on: writer) {
            writer.submit({ try $0.run("INSERT INTO item VALUES (1, 'good')") }, completion: record)
            writer.submit(
                { connection in
                    try connection.run("INSERT INTO item VALUES (2, 'undone')")
                    return try connection.run("INSERT INTO item VALUES (1, 'taken')")
                }, completion: record)
            writer.submit({ try $0.run("INSERT INTO item VALUES (3, 'good')") }, completion: record)
        }
        #expect(failures.all.map(\.isUniqueViolation) == [true])
        #expect(seen.all == [[1, 3], [1, 3], [1, 3]])
    }

    @Test("an operation alone in its batch is undone when it fails")
    func undoesAlone() async throws {
        struct Refused: Error {}
        let writer = try await open()
        await #expect(throws: Refused.self) {
            try await writer.write { connection in
                try connection.run("INSERT INTO item VALUES (1, 'undone')")
                throw Refused()
            }
        }
        #expect(try await writer.write { try ids($0) } == [])
    }

    @Test("a foreign key left broken fails the operation that broke it, not the batch")
    func deferredForeignKey() async throws {
        let writer = try await open()
        try await writer.write {
            try $0.executeScript("CREATE TABLE child (item INTEGER REFERENCES item DEFERRABLE INITIALLY DEFERRED)")
        }
        let outcomes = Collected<Bool>()
        try await gather(on: writer) {
            for item in [1, 9] {
                writer.submit { (connection: Connection) throws -> Int in
                    try connection.run("INSERT INTO child VALUES (?)", item)
                    return try connection.run("INSERT OR IGNORE INTO item VALUES (1, 'parent')")
                } completion: { result in
                    outcomes.append((try? result.get()) != nil)
                }
            }
        }
        #expect(outcomes.all == [true, false])
        #expect(try await writer.write { try $0.all("SELECT item FROM child") { $0.int(0) } } == [1])
    }

    @Test("a batch is bounded by count")
    func boundedByCount() async throws {
        let writer = try await open { $0.maxBatch = 10 }
        let before = writer.health.commits
        try await gather(on: writer) {
            for id in 1...25 { writer.submit { try $0.run("INSERT INTO item VALUES (?, 'x')", id) } completion: { _ in } }
        }
        #expect(writer.health.commits - before == 3)
    }

    @Test("a batch is bounded by time")
    func boundedByTime() async throws {
        let writer = try await open { $0.maxBatchTime = .zero }
        let before = writer.health.commits
        try await gather(on: writer) {
            for id in 1...5 { writer.submit { try $0.run("INSERT INTO item VALUES (?, 'x')", id) } completion: { _ in } }
        }
        #expect(writer.health.commits - before == 5)
        #expect(try await writer.write { try ids($0) } == [1, 2, 3, 4, 5])
    }

    @Test("runs no statement while idle")
    func idle() async throws {
        let writer = try await open()
        let statements = Collected<String>()
        let idle = DispatchSemaphore(value: 0)
        try await writer.write { connection in
            connection.observeStatements {
                statements.append($0)
                idle.signal()
            }
        }
        // The COMMIT of the operation that set the observer.
        idle.wait()
        let outcome = await withCheckedContinuation { continuation in
            DispatchQueue.global().async { continuation.resume(returning: idle.wait(timeout: .now() + 0.1)) }
        }
        #expect(outcome == .timedOut)
        try await writer.write { try $0.run("DELETE FROM item") }
        #expect(statements.all == ["COMMIT", "BEGIN IMMEDIATE", "DELETE FROM item", "COMMIT"])
    }

    @Test("checkpoints when the log is long enough, so that it begins anew")
    func checkpoints() async throws {
        let writer = try await open { $0.checkpointPages = 20 }
        for id in 1...200 {
            try await writer.write { try $0.run("INSERT INTO item VALUES (?, hex(zeroblob(1000)))", id) }
            #expect(writer.health.walPages < 40)
        }
    }

    @Test("nobody else checkpoints, neither after a commit nor at the end")
    func onlyTheWriterCheckpoints() async throws {
        let writer = try await open()
        try await writer.close()
        do {
            let other = try Connection(path: path, mode: .readWrite)
            for id in 1...1100 { try other.run("INSERT INTO item VALUES (?, hex(zeroblob(1000)))", id) }
            #expect(other.walPages > 1100)
        }
        let log = try FileManager.default.attributesOfItem(atPath: path + "-wal")[.size] as? Int
        #expect(try #require(log) > 1100 * 4096)
    }

    @Test("an open empties the log that an earlier end left behind")
    func emptiesLogAtOpen() async throws {
        do {
            let writer = try await open()
            try await writer.write { try $0.run("INSERT INTO item VALUES (1, 'kept')") }
        }
        let writer = try Writer(path: path)
        let log = try FileManager.default.attributesOfItem(atPath: path + "-wal")[.size] as? Int
        #expect(log == 0)
        #expect(try await writer.write { try ids($0) } == [1])
    }

    @Test("close finishes what was submitted, refuses the rest and leaves one file")
    func closes() async throws {
        let writer = try await open()
        let answers = Collected<Int>()
        for id in 1...20 {
            writer.submit { try $0.run("INSERT INTO item VALUES (?, 'x')", id) } completion: { _ in answers.append(id) }
        }
        try await writer.close()
        #expect(answers.all == Array(1...20))
        #expect(writer.health.state == .closed)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["store.sqlite"])
        let failure = await #expect(throws: WriterError.self) { try await writer.write { _ in } }
        #expect(failure?.code == .closed)
        try await writer.close()
        let reopened = try Writer(path: path)
        #expect(try await reopened.write { try ids($0).count } == 20)
    }
}
