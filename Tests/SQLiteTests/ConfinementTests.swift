// SPDX-License-Identifier: Apache-2.0
import SQLite
import Testing

/// What stands between a caller's SQL and the program.
@Suite("Confinement of a caller's SQL") struct ConfinementTests {
    let connection: Connection

    init() throws {
        connection = try Connection(path: ":memory:", mode: .create)
        try connection.executeScript(
            """
            CREATE TABLE open (id INTEGER PRIMARY KEY, note TEXT, secret TEXT);
            CREATE TABLE closed (id INTEGER PRIMARY KEY);
            INSERT INTO open VALUES (1, 'note', 'sesame');
            """)
    }

    @Test("an authorizer denies what it does not allow", arguments: [
        "SELECT * FROM closed", "DELETE FROM open", "PRAGMA user_version", "ATTACH ':memory:' AS other",
        "WITH open AS (SELECT id FROM closed) SELECT * FROM open",
    ])
    func denies(_ text: String) throws {
        connection.setAuthorizer { action in
            action.kind == .select || (action.kind == .read && action.first == "open") ? .allow : .deny
        }
        let failure = #expect(throws: SQLiteError.self) { try connection.prepare(text) }
        #expect(failure?.code == .notAuthorized)
        #expect(try connection.prepare("SELECT note FROM open").step()?.text(0) == "note")
    }

    @Test("an authorizer denies a function")
    func deniesFunction() throws {
        connection.setAuthorizer { $0.kind == .function ? .deny : .allow }
        let failure = #expect(throws: SQLiteError.self) { try connection.prepare("SELECT random()") }
        #expect(failure?.message == "not authorized to use function: random")
    }

    @Test("an authorizer hides a column")
    func hides() throws {
        connection.setAuthorizer { $0.kind == .read && $0.second == "secret" ? .ignore : .allow }
        #expect(try connection.prepare("SELECT secret FROM open").step()?.value(0) == .null)
    }

    @Test("an authorizer also binds statements that were prepared before it")
    func bindsPrepared() throws {
        func read() throws -> String? { try connection.first("SELECT secret FROM open") { $0.text(0) } }
        #expect(try read() == "sesame")
        connection.setAuthorizer { _ in .deny }
        #expect(throws: SQLiteError.self) { try read() }
        connection.setAuthorizer(nil)
        #expect(try read() == "sesame")
    }

    @Test("a deadline ends a statement that would never end")
    func deadline() throws {
        func endless() throws -> Int? {
            try connection.first("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n") {
                $0.int(0)
            }
        }
        let failure = #expect(throws: SQLiteError.self) { try connection.withDeadline(.milliseconds(5)) { try endless() } }
        #expect(failure?.isInterrupted == true)
        // It holds for its scope only.
        #expect(try connection.first("SELECT count(*) FROM open") { $0.int(0) } == 1)
    }

    @Test("of nested interrupts the inner decides, and the outer is back afterwards")
    func nestedInterrupts() throws {
        func long() throws {
            try connection.run("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 5000) SELECT max(i) FROM n")
        }
        try connection.interrupting(when: { true }) {
            try connection.interrupting(when: { false }) { try long() }
            #expect(throws: SQLiteError.self) { try long() }
        }
        try long()
    }

    @Test("limits bound what a statement may use")
    func limits() throws {
        #expect(connection.setLimit(.attachedDatabases, to: 0) == 10)
        #expect(throws: SQLiteError.self) { try connection.run("ATTACH ':memory:' AS other") }
        connection.setLimit(.length, to: 1000)
        let failure = #expect(throws: SQLiteError.self) { try connection.run("SELECT zeroblob(1001)") }
        #expect(failure?.code == .tooBig)
        connection.setLimit(.sqlLength, to: 100)
        let long = "SELECT '" + String(repeating: "x", count: 100) + "'"
        #expect(throws: SQLiteError.self) { try connection.prepare(long) }
    }

    @Test("double quotes never make a string, and the schema can't be written")
    func strict() throws {
        #expect(throws: SQLiteError.self) { try connection.run("SELECT \"no such column\"") }
        try connection.executeScript("PRAGMA writable_schema = ON")
        #expect(throws: SQLiteError.self) { try connection.run("DELETE FROM sqlite_schema") }
    }
}
