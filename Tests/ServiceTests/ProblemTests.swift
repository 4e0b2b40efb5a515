// SPDX-License-Identifier: Apache-2.0
import HTTPServer
import JobQueue
import SQLite
import TestSupport
import Testing
import Warehouse

@testable import Service

struct ProblemTests {
    @Test("a disk that takes nothing more, and one that can't be read, are 503 with Retry-After")
    func storage() throws {
        let folder = try TemporaryFolder()
        let writable = try Connection(path: folder.file("a.sqlite"), mode: .create)
        try writable.run("CREATE TABLE t (x)")
        let readOnly = #expect(throws: SQLiteError.self) {
            try Connection(path: folder.file("a.sqlite"), mode: .readOnly).run("INSERT INTO t VALUES (1)")
        }
        let missing = #expect(throws: SQLiteError.self) { try Connection(path: folder.file("no/b.sqlite"), mode: .readOnly) }
        let full = try #require(readOnly.flatMap { Problem(known: $0) })
        let unreadable = try #require(missing.flatMap { Problem(known: $0) })
        #expect(full.code == .storageFull)
        #expect(unreadable.code == .storageUnavailable)
        for problem in [full, unreadable] {
            let response = problem.response(to: HTTPRequest(method: "GET", target: "/"))
            #expect(response.status == 503)
            #expect(response.headers.contains { $0.0 == "Retry-After" })
        }
    }

    @Test("a fault of our own SQL is no known problem")
    func unforeseen() throws {
        let folder = try TemporaryFolder()
        let connection = try Connection(path: folder.file("a.sqlite"), mode: .create)
        let error = #expect(throws: SQLiteError.self) { try connection.run("SELECT * FROM nowhere") }
        #expect(error.map { Problem(known: $0) == nil } == true)
        #expect(Problem(known: StoreError.unreadable("x")) == nil)
    }

    @Test("every error of the warehouse has a status", arguments: [
        (.notFound, 404), (.invalidQuery, 422), (.queryLimit, 422), (.notSupported, 501), (.storageFull, 503), (.unavailable, 503),
        (.accessDenied, 503),
    ] as [(WarehouseError.Code, Int)])
    func warehouse(code: WarehouseError.Code, status: Int) {
        #expect(Problem(known: WarehouseError(code, "x", retry: .never))?.code.status == status)
    }

    @Test("what the service asks us to wait is handed on")
    func retryAfter() throws {
        let problem = try #require(Problem(known: WarehouseError(.quotaExceeded, "x", retry: .after(.seconds(42)))))
        let headers = problem.response(to: HTTPRequest(method: "GET", target: "/")).headers
        #expect(headers.filter { $0.0 == "Retry-After" }.map(\.1) == ["42"])
    }
}
