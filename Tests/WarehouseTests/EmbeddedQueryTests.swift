// SPDX-License-Identifier: Apache-2.0
import EmbeddedWarehouse
import Foundation
import Testing
import Time
import Warehouse

@Suite("a caller's own query")
struct EmbeddedQueryTests {
    @Test(
        "reads this tenant's rows, typed",
        arguments: [
            ("SELECT company_name FROM tenant_profiles", [.string("Acme Corporation")]),
            ("SELECT created_at FROM tenant_profiles", [.timestamp(noon)]),
            ("SELECT is_active FROM tenant_api_keys", [.bool(true)]),
            ("SELECT count(*) FROM tenant_profiles", [.integer(1)]),
            ("SELECT tenant_id FROM tenant_comprehensive_view", [.string("acme_corp")]),
            ("SELECT count(*) FROM onboarding_validation_test", [.integer(1)]),
            ("WITH a AS (SELECT 1 AS x) SELECT x FROM a; -- the end", [.integer(1)]),
            ("WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c WHERE x < 5) SELECT sum(x) FROM c", [.integer(15)]),
            ("SELECT value FROM json_each('[7]')", [.integer(7)]),
            ("VALUES (1)", [.integer(1)]),
        ] as [(String, [WarehouseValue])])
    func reads(_ sql: String, _ row: [WarehouseValue]) async throws {
        try await withTwoTenants { (warehouse) async throws in
            #expect(try await warehouse.query(sql, of: "acme_corp", until: .soon).rows == [row])
        }
    }

    @Test(
        "never sees another tenant's rows, nor a secret",
        arguments: [
            "SELECT * FROM tenant_profiles",
            "SELECT * FROM temp.tenant_profiles",
            "SELECT * FROM tenant_api_keys",
            "SELECT * FROM tenant_comprehensive_view",
            "SELECT * FROM tenant_profiles WHERE tenant_id = 'rival' OR 1",
            // Named like a view that an authorizer would trust.
            "WITH tenant_comprehensive_view AS (SELECT * FROM central.tenant_profiles) SELECT * FROM tenant_comprehensive_view",
            "WITH tenant_profiles AS (SELECT * FROM central.tenant_profiles) SELECT * FROM tenant_profiles",
            "WITH tenant_profiles AS (SELECT 'rival' AS tenant_id) SELECT tenant_id || '' FROM tenant_comprehensive_view",
            "SELECT * FROM central.tenant_profiles",
            "SELECT * FROM central.sqlite_schema",
            "SELECT * FROM sqlite_schema",
            "SELECT * FROM temp.sqlite_schema",
            "SELECT * FROM main.tenant_profiles",
            "SELECT * FROM sqlite_dbpage", "SELECT * FROM sqlite_dbpage('central')", "SELECT * FROM dbstat", "SELECT * FROM sqlite_stmt",
            "SELECT * FROM pragma_database_list",
            "SELECT file FROM pragma_database_list",
            "SELECT * FROM pragma_table_info('tenant_profiles', 'central')",
        ])
    func isolated(_ sql: String) async throws {
        try await withTwoTenants { (warehouse) async throws in
            do {
                let answer = try await warehouse.query(sql, of: "acme_corp", until: .soon)
                #expect(!"\(answer.rows)".contains("rival") && !"\(answer.rows)".contains("SECRET_HASH"))
            } catch let error as WarehouseError {
                #expect(error.code == .invalidQuery)
            }
        }
    }

    @Test(
        "refuses all but one SELECT",
        arguments: [
            "DELETE FROM onboarding_validation_test",
            "INSERT INTO tenant_profiles (tenant_id) VALUES ('x')",
            "UPDATE tenant_profiles SET status = 'x'",
            "CREATE TABLE t (a)", "CREATE TEMP TABLE t (a)", "DROP TABLE onboarding_validation_test",
            "CREATE TEMP VIEW v AS SELECT 1", "CREATE VIRTUAL TABLE temp.t USING fts5(a)",
            "ATTACH '/etc/passwd' AS p", "ATTACH ':memory:' AS p", "DETACH central",
            "PRAGMA writable_schema = 1", "PRAGMA database_list", "PRAGMA user_version",
            "VACUUM", "VACUUM INTO '/tmp/stolen'", "ANALYZE", "REINDEX", "BEGIN", "SAVEPOINT s", "COMMIT",
            "SELECT load_extension('x')", "SELECT writefile('/tmp/x', 'y')", "SELECT readfile('/etc/passwd')",
            "SELECT randomblob(10)", "SELECT zeroblob(1000000000)", "SELECT sqlite_version()", "SELECT fts3_tokenizer('x')",
            "SELECT edit('x')",
            "SELECT 1; SELECT 2", "SELECT 1; DROP TABLE onboarding_validation_test", "", "  -- nothing", "SELECT", "SELECT ?1",
            "SELECT @tenant_id", "SELECT 1\0", "SELECT nonsense FROM nowhere", "SELECT printf('%900000d', 1) || printf('%900000d', 1)",
            "SELECT \(Array(repeating: "(", count: 500).joined())1\(Array(repeating: ")", count: 500).joined())",
        ])
    func refused(_ sql: String) async throws {
        try await withTwoTenants { (warehouse) async throws in
            let error = try await failure { try await warehouse.query(sql, of: "acme_corp", until: .soon) }
            #expect(error?.code == .invalidQuery)
            #expect(error?.retry == .never)
            #expect(try await warehouse.query("SELECT count(*) FROM onboarding_validation_test", of: "acme_corp", until: .soon).rows == [[.integer(1)]])
        }
    }

    @Test("answers with SQLite's own words about a fault")
    func words() async throws {
        try await withTwoTenants { (warehouse) async throws in
            let error = try await failure { try await warehouse.query("SELECT nope FROM tenant_profiles", of: "acme_corp", until: .soon) }
            #expect(error?.message == "no such column: nope")
        }
    }

    @Test(
        "ends what would take too long or too much",
        arguments: [
            "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT count(*) FROM c",
            "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT x, hex(x) || replace(hex(x), '1', '22222222') FROM c ORDER BY 2",
            "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT x, printf('%900000d', x) FROM c ORDER BY 2",
        ])
    func bombs(_ sql: String) async throws {
        try await withTwoTenants { (warehouse) async throws in
            let start = ContinuousClock.now
            try await expectFailure(.queryLimit) { try await warehouse.query(sql, of: "acme_corp", until: .soon) }
            #expect(ContinuousClock.now - start < .seconds(20))
        }
    }

    @Test(
        "refuses expressions that multiply before anything can stop them",
        arguments: [("c", "c"), ("\"c 1\"", "'C 1'"), ("[c]", "`c`")])
    func multiplied(_ names: (String, String)) async throws {
        func name(_ number: Int, _ pattern: String) -> String {
            pattern.replacingOccurrences(of: "c", with: "c\(number)").replacingOccurrences(of: "C", with: "C\(number)")
        }
        var sql = "WITH \(name(0, names.0)) AS (SELECT 1)"
        for number in 1...30 {
            let one = name(number - 1, names.1)
            sql += ", \(name(number, names.0))(x) AS NOT MATERIALIZED (SELECT 1 FROM \(one), \(one))"
        }
        sql += " SELECT 1 FROM \(name(30, names.1))"
        try await withTwoTenants { [sql] (warehouse) async throws in
            let error = try await failure { try await warehouse.query(sql, of: "acme_corp", until: .soon) }
            #expect(error?.code == .invalidQuery)
            #expect(error?.message.contains("common table expressions") == true)
        }
    }

    @Test("cuts off at a thousand rows and at a mebibyte, and says so")
    func truncated() async throws {
        try await withTwoTenants { (warehouse) async throws in
            let numbers = "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c LIMIT 1001) "
            let rows = try await warehouse.query(numbers + "SELECT x FROM c", of: "acme_corp", until: .soon)
            #expect(rows.rows.count == 1_000 && rows.truncated)
            let exact = try await warehouse.query(numbers + "SELECT x FROM c LIMIT 1000", of: "acme_corp", until: .soon)
            #expect(exact.rows.count == 1_000 && !exact.truncated)
            let bytes = try await warehouse.query(
                numbers + "SELECT printf('%300000d', x) FROM c", of: "acme_corp", until: .soon)
            #expect(bytes.rows.count == 3 && bytes.truncated)
        }
    }

    @Test("leaves no trace in the dataset")
    func untouched() async throws {
        try await withEmbedded { (warehouse, folder) async throws in
            try await makeTwoTenants(warehouse)
            let files = FileManager.default.enumerator(atPath: folder + "/datasets")?.compactMap { $0 as? String } ?? []
            let path = try #require(files.first { $0.hasSuffix("acme_corp.sqlite") })
            let url = URL(fileURLWithPath: folder + "/datasets/" + path)
            let before = try Data(contentsOf: url)
            _ = try await warehouse.query("SELECT * FROM tenant_comprehensive_view", of: "acme_corp", until: .soon)
            _ = try await warehouse.view(of: "acme_corp", limit: 5, until: .soon)
            #expect(try Data(contentsOf: url) == before)
        }
    }
}

private func withTwoTenants(_ body: (EmbeddedWarehouse) async throws -> Void) async throws {
    try await withEmbedded { (warehouse, _) async throws in
        try await makeTwoTenants(warehouse)
        try await body(warehouse)
    }
}

private func makeTwoTenants(_ warehouse: EmbeddedWarehouse) async throws {
    for row in try [profile(), subscription(), apiKey(), profile("rival", company: "rival"), subscription("rival"), apiKey("rival"), run("rival_run", of: "rival")] {
        try await warehouse.insert(row, until: .soon)
    }
    _ = try await warehouse.createDataset(claim(), until: .soon)
    _ = try await warehouse.createDataset(claim("rival"), until: .soon)
}
