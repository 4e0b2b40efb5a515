// SPDX-License-Identifier: Apache-2.0
import Foundation
import SQLite
import Testing

@Suite("Connection") struct ConnectionTests {
    let folder: TemporaryFolder
    let path: String
    let connection: Connection

    init() throws {
        folder = try TemporaryFolder()
        path = folder.file("file.sqlite")
        connection = try Connection(path: path, mode: .create)
        try connection.executeScript("CREATE TABLE item (id INTEGER PRIMARY KEY, value ANY) STRICT")
    }

    @Test("gives back every value as it was bound", arguments: [
        Value.null, .integer(.min), .integer(.max), .real(0.1), .text(""), .text("a\0b\0"),
        .text("naïve 東京 and more than fifteen bytes"), .blob([]), .blob([0]), .blob(Array(0...255)),
    ])
    func roundTrip(_ value: Value) throws {
        try connection.run("INSERT INTO item VALUES (1, ?)", value)
        #expect(try connection.first("SELECT value FROM item") { $0.value(0) } == value)
        // Also with the length that SQLite sees, and where copies are bound.
        let statement = try connection.prepare("SELECT value, ?1, value IS ?1 FROM item")
        try statement.bind(value)
        let row = try #require(try statement.step())
        #expect(row.value(1) == value)
        #expect(row.int(2) == 1)
    }

    @Test("an empty blob is not NULL, a nil is")
    func nullOrEmpty() throws {
        let nothing: [UInt8]? = nil
        try connection.run("INSERT INTO item VALUES (1, ?), (2, ?)", [UInt8](), nothing)
        let values = try connection.all("SELECT value FROM item ORDER BY id") { $0.optionalBlob(0) }
        #expect(values == [[], nil])
    }

    @Test("many texts in one statement each keep their own bytes")
    func manyTexts() throws {
        let texts = (0..<8).map { String(repeating: "x", count: $0 * 5) }
        let read = try connection.first(
            "SELECT ?, ?, ?, ?, ?, ?, ?, ?",
            texts[0], texts[1], texts[2], texts[3], texts[4], texts[5], texts[6], texts[7]
        ) { row in (0..<row.columnCount).map(row.text) }
        #expect(read == texts)
    }

    @Test("refuses a wrong number of values", arguments: [0, 1, 3])
    func countsValues(_ count: Int) throws {
        let failure = #expect(throws: SQLiteError.self) {
            switch count {
            case 0: try connection.run("INSERT INTO item VALUES (?, ?)")
            case 1: try connection.run("INSERT INTO item VALUES (?, ?)", 1)
            default: try connection.run("INSERT INTO item VALUES (?, ?)", 1, 2, 3)
            }
        }
        #expect(failure?.code == .outOfRange)
        #expect(failure?.message == "the statement takes 2 values, \(count) were given")
    }

    @Test("counts the rows a statement changed, and none for one that changes nothing")
    func countsRows() throws {
        #expect(try connection.run("INSERT INTO item VALUES (1, 'a'), (2, 'b')") == 2)
        #expect(try connection.run("CREATE TABLE other (id)") == 0)
        #expect(try connection.run("SELECT * FROM item") == 0)
        #expect(try connection.run("UPDATE item SET value = 'c' WHERE id = ?", 9) == 0)
        #expect(try connection.run("UPDATE item SET value = 'c' WHERE id = ?", 1) == 1)
        #expect(try connection.run("DELETE FROM item") == 2)
    }

    @Test("the same SQL may run inside its own rows")
    func reentrant() throws {
        try connection.run("INSERT INTO item VALUES (1, 'a'), (2, 'b')")
        var pairs: [String] = []
        func walk(_ depth: Int, _ prefix: String) throws {
            try connection.forEach("SELECT value FROM item ORDER BY id") { row in
                // Rows that begin again would never end.
                try #require(pairs.count < 10)
                if depth == 0 { pairs.append(prefix + row.text(0)) } else { try walk(depth - 1, prefix + row.text(0)) }
            }
        }
        try walk(1, "")
        #expect(pairs == ["aa", "ab", "ba", "bb"])
    }

    @Test("a statement is usable again after its rows were left early, by choice or by error")
    func leavesEarly() throws {
        struct Enough: Error {}
        try connection.run("INSERT INTO item VALUES (1, 'a'), (2, 'b')")
        func firstValue() throws -> String? { try connection.first("SELECT value FROM item ORDER BY id") { $0.text(0) } }
        func fail() throws { try connection.forEach("SELECT value FROM item WHERE id > ?", 0) { _ in throw Enough() } }
        for _ in 1...3 {
            #expect(try firstValue() == "a")
            #expect(throws: Enough.self) { try fail() }
        }
        // A statement left standing would hold the table's lock.
        try connection.executeScript("DROP TABLE item")
    }

    @Test("`first` of a change with RETURNING makes the whole change")
    func returning() throws {
        try connection.run("INSERT INTO item VALUES (1, 'a'), (2, 'b')")
        let changed = try connection.first("UPDATE item SET value = 'z' RETURNING id") { $0.int(0) }
        #expect(changed == 1)
        #expect(try connection.first("SELECT count(*) FROM item WHERE value = 'z'") { $0.int(0) } == 2)
    }

    @Test("a transaction that throws leaves nothing, one that returns is kept")
    func transactions() throws {
        struct Refused: Error {}
        #expect(throws: Refused.self) {
            try connection.transaction {
                #expect(connection.isInTransaction)
                try connection.run("INSERT INTO item VALUES (1, 'a')")
                throw Refused()
            }
        }
        #expect(!connection.isInTransaction)
        try connection.transaction { _ = try connection.run("INSERT INTO item VALUES (2, 'b')") }
        #expect(try connection.all("SELECT id FROM item") { $0.int(0) } == [2])
    }

    @Test("a COMMIT that fails rolls back")
    func failedCommit() throws {
        try connection.executeScript(
            """
            PRAGMA foreign_keys = ON;
            CREATE TABLE child (id INTEGER PRIMARY KEY, parent INTEGER REFERENCES item DEFERRABLE INITIALLY DEFERRED)
            """)
        let failure = #expect(throws: SQLiteError.self) {
            try connection.transaction { _ = try connection.run("INSERT INTO child VALUES (1, 99)") }
        }
        #expect(failure?.code == .constraint)
        #expect(!connection.isInTransaction)
    }

    @Test("a script stops at the statement that fails and names it")
    func scripts() throws {
        let failure = #expect(throws: SQLiteError.self) {
            try connection.executeScript("INSERT INTO item VALUES (1, 'a'); -- one\nINSERT INTO none VALUES (1); DROP TABLE item")
        }
        #expect(failure?.message == "no such table: none")
        #expect(failure?.sql?.contains("INSERT INTO none") == true)
        #expect(try connection.first("SELECT count(*) FROM item") { $0.int(0) } == 1)
        #expect(throws: SQLiteError.self) { try connection.executeScript("DELETE FROM item\0; SELECT 1") }
    }

    @Test("takes exactly one statement from a caller", arguments: [
        ("SELECT 1; SELECT 2", "SQL holds more than one statement: give one"),
        ("SELECT 1; PRAGMA user_version = 7", "SQL holds more than one statement: give one"),
        ("SELECT 1 /* a */; -- b\n x", "SQL holds more than one statement: give one"),
        ("", "SQL holds no statement"), (" ; -- nothing", "SQL holds no statement"),
        ("SELECT 1\0", "SQL holds a NUL byte: remove it"),
    ])
    func oneStatement(_ text: String, _ message: String) throws {
        let failure = #expect(throws: SQLiteError.self) { try connection.prepare(text) }
        #expect(failure?.message == message)
        #expect(try connection.first("PRAGMA user_version") { $0.int(0) } == 0)
    }

    @Test("comments and semicolons may follow a caller's statement", arguments: [
        "SELECT 1;", "SELECT 1 ;; \t\r\n", "SELECT 1; -- done", "SELECT 1 /* all */ ; /* done */ --\n", "SELECT 1; /* open",
    ])
    func trailingComment(_ text: String) throws {
        #expect(try connection.prepare(text).step()?.int(0) == 1)
    }

    @Test("describes a prepared statement")
    func describes() throws {
        let statement = try connection.prepare("SELECT id AS number, value || 'x' FROM item WHERE id = ?1 OR id = ?2")
        #expect(statement.parameterCount == 2)
        #expect(statement.columnCount == 2)
        #expect(statement.columnName(0) == "number")
        #expect(statement.columnDeclaredType(0) == "INTEGER")
        #expect(statement.columnDeclaredType(1) == nil)
        #expect(statement.isReadOnly)
        #expect(try !connection.prepare("DELETE FROM item").isReadOnly)
    }

    @Test("shows the index that a statement uses")
    func queryPlan() throws {
        let byKey = try connection.queryPlan(of: "SELECT * FROM item WHERE id = ?")
        #expect(byKey == ["SEARCH item USING INTEGER PRIMARY KEY (rowid=?)"])
        let byValue = try connection.queryPlan(of: "SELECT * FROM item WHERE value = ?")
        #expect(byValue == ["SCAN item"])
    }

    @Test("a statement outlives its connection, and what was written is there after reopening")
    func reopening() throws {
        var statement: Statement?
        do {
            let other = try Connection(path: path, mode: .readWrite)
            try other.run("INSERT INTO item VALUES (1, 'a'), (2, 'b')")
            statement = try other.prepare("SELECT value FROM item ORDER BY id")
        }
        #expect(try statement?.step()?.text(0) == "a")
        statement = nil
        let reopened = try Connection(path: path, mode: .readOnly)
        #expect(try reopened.all("SELECT id FROM item") { $0.int(0) } == [1, 2])
    }

    @Test("a path is a path, even where it looks like a URI")
    func pathLikeURI() throws {
        let failure = #expect(throws: SQLiteError.self) { try Connection(path: "file::memory:", mode: .readWrite) }
        #expect(failure?.code == .cannotOpen)
    }
}
