// SPDX-License-Identifier: Apache-2.0
import Foundation
import SQLite
import Testing

@Suite("SQLiteError") struct SQLiteErrorTests {
    let folder: TemporaryFolder
    let path: String
    let connection: Connection

    init() throws {
        folder = try TemporaryFolder()
        path = folder.file("file.sqlite")
        connection = try Connection(path: path, mode: .create, busyTimeoutMilliseconds: 0)
        try connection.executeScript("CREATE TABLE item (id INTEGER PRIMARY KEY, name TEXT UNIQUE) STRICT")
    }

    @Test("tells a key that is taken from other broken constraints")
    func uniqueness() throws {
        try connection.run("INSERT INTO item VALUES (1, 'a')")
        let sameID = #expect(throws: SQLiteError.self) { try connection.run("INSERT INTO item VALUES (1, 'b')") }
        #expect(sameID?.isUniqueViolation == true)
        let sameName = #expect(throws: SQLiteError.self) { try connection.run("INSERT INTO item VALUES (2, 'a')") }
        #expect(sameName?.isUniqueViolation == true)
        let wrongType = #expect(throws: SQLiteError.self) { try connection.run("INSERT INTO item VALUES (3, x'00')") }
        #expect(wrongType?.code == .constraint)
        #expect(wrongType?.isUniqueViolation == false)
    }

    @Test("carries the statement, never a bound value")
    func hidesValues() throws {
        func insert() throws { try connection.run("INSERT INTO item (id, name) VALUES (?, ?)", 1, "sesame") }
        try insert()
        let failure = try #require(#expect(throws: SQLiteError.self) { try insert() })
        #expect(failure.sql == "INSERT INTO item (id, name) VALUES (?, ?)")
        let description = "SQLite: UNIQUE constraint failed: item.id (1555) in: INSERT INTO item (id, name) VALUES (?, ?)"
        #expect(failure.description == description)
        #expect(!"\(failure)".contains("sesame"))
    }

    @Test("names the path that can't be opened, and the system's reason")
    func openFailure() throws {
        let missing = folder.file("none/file.sqlite")
        let failure = #expect(throws: SQLiteError.self) { try Connection(path: missing, mode: .create) }
        #expect(failure?.code == .cannotOpen)
        #expect(failure?.message == "open \(missing): unable to open database file: No such file or directory")
    }

    @Test("a full database")
    func full() throws {
        try connection.executeScript("PRAGMA max_page_count = 4")
        let failure = #expect(throws: SQLiteError.self) {
            try connection.run("INSERT INTO item VALUES (1, hex(zeroblob(20000)))")
        }
        #expect(failure?.isFull == true)
    }

    @Test("a file that is no database")
    func corrupt() throws {
        let other = folder.file("other.sqlite")
        try Data(repeating: 7, count: 4096).write(to: URL(fileURLWithPath: other))
        let damaged = try Connection(path: other, mode: .readOnly)
        let failure = #expect(throws: SQLiteError.self) { try damaged.run("SELECT * FROM sqlite_schema") }
        #expect(failure?.isCorrupt == true)
    }

    @Test("another's lock")
    func busy() throws {
        let other = try Connection(path: path, mode: .readWrite, busyTimeoutMilliseconds: 0)
        try other.transaction {
            let failure = #expect(throws: SQLiteError.self) { try connection.transaction {} }
            #expect(failure?.isBusy == true)
        }
    }

    @Test("a read-only connection that writes")
    func readOnly() throws {
        let reader = try Connection(path: path, mode: .readOnly)
        let failure = #expect(throws: SQLiteError.self) { try reader.run("DELETE FROM item") }
        #expect(failure?.isReadOnly == true)
    }

    @Test("a disk that fails")
    func ioError() throws {
        let disk = try FaultyDisk()
        let faulty = try Connection(path: folder.file("faulty.sqlite"), mode: .create, vfs: disk.name)
        disk.set(.writeFails)
        let failure = #expect(throws: SQLiteError.self) { try faulty.executeScript("CREATE TABLE item (id)") }
        #expect(failure?.isIOError == true)
    }

    @Test("finds damage inside a file that opens")
    func integrity() throws {
        #expect(try connection.integrityCheck() == [])
        let other = folder.file("damaged.sqlite")
        do {
            let writer = try Connection(path: other, mode: .create)
            try writer.executeScript(
                """
                CREATE TABLE item (id INTEGER PRIMARY KEY, name TEXT UNIQUE);
                INSERT INTO item WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200)
                SELECT i, hex(randomblob(50)) FROM n
                """)
        }
        let file = try FileHandle(forUpdating: URL(fileURLWithPath: other))
        try file.seek(toOffset: 3 * 4096)
        try file.write(contentsOf: Data(repeating: 0xAB, count: 4096))
        try file.close()
        #expect(try !Connection(path: other, mode: .readOnly).integrityCheck().isEmpty)
    }
}
