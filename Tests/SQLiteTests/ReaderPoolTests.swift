// SPDX-License-Identifier: Apache-2.0
import SQLite
import Testing

@Suite("ReaderPool") struct ReaderPoolTests {
    let folder: TemporaryFolder
    let path: String
    let writer: Writer

    init() async throws {
        folder = try TemporaryFolder()
        path = folder.file("store.sqlite")
        writer = try Writer(path: path)
        try await writer.write { try $0.executeScript("CREATE TABLE item (id INTEGER PRIMARY KEY) STRICT") }
    }

    @Test("a read sees one instant, whatever is committed meanwhile")
    func snapshot() async throws {
        let pool = try ReaderPool(path: path, count: 1)
        let gate = Gate()
        let counts = Task {
            try await pool.read { connection in
                let before = try connection.first("SELECT count(*) FROM item") { $0.int(0) }
                gate.reach()
                let after = try connection.first("SELECT count(*) FROM item") { $0.int(0) }
                return [before, after]
            }
        }
        await gate.reached()
        try await writer.write { try $0.run("INSERT INTO item VALUES (1)") }
        gate.open()
        #expect(try await counts.value == [0, 0])
        #expect(try await pool.read { try $0.first("SELECT count(*) FROM item") { $0.int(0) } } == 1)
    }

    @Test("a reader can't write, and is as good as new after a failure")
    func cannotWrite() async throws {
        let pool = try ReaderPool(path: path, count: 1)
        let failure = await #expect(throws: SQLiteError.self) {
            try await pool.read { try $0.run("INSERT INTO item VALUES (1)") }
        }
        #expect(failure?.isReadOnly == true)
        #expect(try await pool.read { try $0.first("SELECT count(*) FROM item") { $0.int(0) } } == 0)
    }

    @Test("as many reads run at once as there are readers; the others wait and are served")
    func parallelism() async throws {
        let pool = try ReaderPool(path: path, count: 2)
        let gates = [Gate(), Gate()]
        let held = gates.map { gate in Task { try await pool.read { _ in gate.reach() } } }
        for gate in gates { await gate.reached() }
        let answers = Collected<Int>()
        let waiting = (0..<50).map { number in
            Task { try await pool.read { _ in answers.append(number) } }
        }
        #expect(answers.all.isEmpty)
        gates[0].open()
        for task in waiting { try await task.value }
        #expect(answers.all.sorted() == Array(0..<50))
        gates[1].open()
        for task in held { try await task.value }
    }
}
