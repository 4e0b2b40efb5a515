// SPDX-License-Identifier: Apache-2.0
import SQLite
import Testing

/// What the writer does when the disk does not do its part.
@Suite("Writer on a failing disk") struct WriterFailureTests {
    let folder: TemporaryFolder
    let disk: FaultyDisk
    let writer: Writer
    let path: String

    init() async throws {
        folder = try TemporaryFolder()
        disk = try FaultyDisk()
        path = folder.file("store.sqlite")
        var options = Writer.Options()
        options.vfs = disk.name
        options.busyTimeoutMilliseconds = 0
        // A slow machine must not split a batch by time.
        options.maxBatchTime = .seconds(60)
        writer = try Writer(path: path, options: options)
        try await writer.write { connection in
            try connection.executeScript("CREATE TABLE item (id INTEGER PRIMARY KEY, name TEXT) STRICT")
            try connection.run("INSERT INTO item VALUES (1, 'before')")
        }
    }

    func insert(_ id: Int) async throws -> Int { try await writer.write { try $0.run("INSERT INTO item VALUES (?, 'x')", id) } }

    func storedIDs() async throws -> [Int] {
        try await writer.write { try $0.all("SELECT id FROM item ORDER BY id") { $0.int(0) } }
    }

    @Test("after a failed sync nothing is acknowledged until a checkpoint has succeeded")
    func failedSync() async throws {
        disk.set(.syncFails)
        let lost = await #expect(throws: SQLiteError.self) { try await insert(2) }
        #expect(lost?.isIOError == true)
        guard case .suspect = writer.health.state else {
            Issue.record("not suspect: \(writer.health)")
            return
        }
        let refused = await #expect(throws: WriterError.self) { try await insert(3) }
        #expect(refused?.code == .suspect)
        #expect(refused?.cause?.isIOError == true)
        // Even an operation that would only read: it may have read what never reached the disk.
        await #expect(throws: WriterError.self) { try await storedIDs() }

        disk.set(nil)
        #expect(try await insert(4) == 1)
        #expect(writer.health.state == .open)
        #expect(try await storedIDs() == [1, 4])
    }

    @Test("a failed sync fails all operations of the batch")
    func failedSyncOfBatch() async throws {
        let gate = Gate()
        let held = Task { try await writer.write { _ in gate.reach() } }
        await gate.reached()
        let outcomes = Collected<Bool>()
        for id in 2...5 {
            writer.submit { try $0.run("INSERT INTO item VALUES (?, 'x')", id) } completion: { result in
                guard case .failure(let error as SQLiteError) = result else { return outcomes.append(false) }
                outcomes.append(error.isIOError)
            }
        }
        disk.set(.syncFails)
        gate.open()
        try await held.value
        await #expect(throws: WriterError.self) { try await insert(6) }
        #expect(outcomes.all == [true, true, true, true])
        disk.set(nil)
        #expect(try await storedIDs() == [1])
    }

    @Test("a full disk fails what was to be written and nothing else")
    func fullDisk() async throws {
        disk.set(.full)
        let failure = await #expect(throws: SQLiteError.self) { try await insert(2) }
        #expect(failure?.isFull == true)
        #expect(writer.health.state == .open)
        #expect(try await storedIDs() == [1])
        disk.set(nil)
        #expect(try await insert(3) == 1)
        #expect(try await storedIDs() == [1, 3])
    }

    @Test("a transaction that SQLite ends by itself fails all that had a part in it, and no later one")
    func lostTransaction() async throws {
        let gate = Gate()
        let held = Task { try await writer.write { _ in gate.reach() } }
        await gate.reached()
        let outcomes = Collected<String>()
        func submit(_ name: String, _ body: @escaping @Sendable (Connection) throws -> Void) {
            writer.submit(body) { result in
                switch result {
                case .success: outcomes.append("\(name) done")
                case .failure(let error as SQLiteError): outcomes.append("\(name) \(error.code)")
                case .failure(let error): outcomes.append("\(name) \(error)")
                }
            }
        }
        submit("first") { try $0.run("INSERT INTO item VALUES (2, 'x')") }
        submit("guilty") { connection in
            // An interrupted change takes its whole transaction with it.
            try connection.interrupting(when: { true }) {
                _ = try connection.run(
                    """
                    INSERT INTO item WITH RECURSIVE n(i) AS (SELECT 10 UNION ALL SELECT i + 1 FROM n LIMIT 100000)
                    SELECT i, 'x' FROM n
                    """)
            }
        }
        submit("later") { try $0.run("INSERT INTO item VALUES (3, 'x')") }
        gate.open()
        try await held.value
        #expect(try await storedIDs() == [1, 3])
        #expect(outcomes.all == ["first interrupted", "guilty interrupted", "later done"])
    }

    @Test("an operation that ends the transaction itself is not believed")
    func endedInside() async throws {
        let failure = await #expect(throws: SQLiteError.self) { try await writer.write { try $0.run("ROLLBACK") } }
        #expect(failure?.code == .abort)
        #expect(try await insert(2) == 1)
    }

    @Test("a database at its page limit refuses new rows, keeps the old and goes on when there is room")
    func pageLimit() async throws {
        try await writer.write { try $0.executeScript("PRAGMA max_page_count = 3") }
        let failure = await #expect(throws: SQLiteError.self) {
            try await writer.write { try $0.run("INSERT INTO item VALUES (2, hex(zeroblob(20000)))") }
        }
        #expect(failure?.isFull == true)
        #expect(try await storedIDs() == [1])
        try await writer.write { try $0.executeScript("PRAGMA max_page_count = 1000") }
        #expect(try await insert(2) == 1)
    }

    @Test("begins as suspect where another's reader keeps the first checkpoint from finishing, and recovers")
    func busyAtOpen() async throws {
        let reader = try Connection(path: path, mode: .readOnly)
        _ = try await insert(2)
        try reader.run("BEGIN")
        try reader.run("SELECT * FROM item")
        _ = try await insert(3)
        var options = Writer.Options()
        options.busyTimeoutMilliseconds = 0
        let second = try Writer(path: path, options: options)
        guard case .suspect(let cause) = second.health.state else {
            Issue.record("not suspect: \(second.health)")
            return
        }
        #expect(cause.isBusy)
        try reader.run("COMMIT")
        #expect(try await second.write { try $0.run("INSERT INTO item VALUES (4, 'x')") } == 1)
        #expect(second.health.state == .open)
    }

    @Test("a checkpoint that can't sync makes the writer suspect")
    func failedCheckpoint() async throws {
        var options = Writer.Options()
        options.vfs = disk.name
        options.checkpointPages = 1
        let path = folder.file("other.sqlite")
        let other = try Writer(path: path, options: options)
        let disk = disk
        // Committed while syncs work; the checkpoint behind the answer meets the fault.
        await withCheckedContinuation { continuation in
            other.submit { try $0.executeScript("CREATE TABLE item (id)") } completion: { _ in
                disk.set(.syncFails)
                continuation.resume()
            }
        }
        let failure = await #expect(throws: WriterError.self) { try await other.write { _ in } }
        #expect(failure?.code == .suspect)
        disk.set(nil)
        try await other.write { _ in }
        #expect(other.health.state == .open)
    }
}
