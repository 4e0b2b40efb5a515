// SPDX-License-Identifier: Apache-2.0
import Testing
import Time
import Warehouse

/// What every warehouse must do, on the central tables.
@Suite("every warehouse: the central tables")
struct CentralConformanceTests {
    @Test("bootstraps once, and a second time finds all there", arguments: WarehouseUnderTest.allCases)
    func bootstrap(_ kind: WarehouseUnderTest) async throws {
        try await kind.use { (warehouse) async throws in
            let again = try await warehouse.bootstrap(instance: "instance-1", until: .soon)
            #expect(!again.datasetCreated)
            #expect(again.created.isEmpty)
            #expect(again.existing == CentralSchema.tables.map(\.name) + [CentralSchema.executionView])
            #expect(try await warehouse.centralDefects(until: .soon).isEmpty)
        }
    }

    @Test("belongs to one job store until another adopts it", arguments: WarehouseUnderTest.allCases)
    func instance(_ kind: WarehouseUnderTest) async throws {
        try await kind.use { (warehouse) async throws in
            #expect(try await warehouse.instance(until: .soon) == "instance-1")
            try await expectFailure(.foreignInstance) { try await warehouse.bootstrap(instance: "other", until: .soon) }
            try await warehouse.adopt(instance: "other", until: .soon)
            #expect(try await warehouse.instance(until: .soon) == "other")
            _ = try await warehouse.bootstrap(instance: "other", until: .soon)
        }
    }

    @Test("gives back each value of a row as it was written", arguments: WarehouseUnderTest.allCases)
    func roundTrip(_ kind: WarehouseUnderTest) async throws {
        try await kind.use { (warehouse) async throws in
            for row in try [profile(), apiKey(), subscription(), quota(), run("r1"), quality("d1", of: "r1", status: "FAIL")] {
                #expect(try await warehouse.insert(row, until: .soon) == .inserted)
                #expect(try await warehouse.rows(in: row.table, of: "ACME_corp", until: .soon) == [row])
                #expect(try await warehouse.rows(in: row.table, of: "acme", until: .soon).isEmpty)
            }
        }
    }

    @Test("takes the same row twice and refuses another of its identity", arguments: WarehouseUnderTest.allCases)
    func insertTwice(_ kind: WarehouseUnderTest) async throws {
        try await kind.use { (warehouse) async throws in
            let row = try profile()
            #expect(try await warehouse.insert(row, until: .soon) == .inserted)
            #expect(try await warehouse.insert(row, until: .soon) == .alreadyThere)
            let error = try await failure { try await warehouse.insert(profile(company: "Other"), until: .soon) }
            #expect(error?.code == .duplicate)
            #expect(error?.retry == .never)
            #expect(try await warehouse.rows(in: row.table, of: "acme_corp", until: .soon) == [row])
        }
    }

    @Test("allows one live profile of a tenant, in whatever case", arguments: WarehouseUnderTest.allCases)
    func liveProfile(_ kind: WarehouseUnderTest) async throws {
        try await kind.use { (warehouse) async throws in
            let first = try profile()
            let second = try profile("Acme_Corp", at: noon + .seconds(60))
            try await warehouse.insert(first, until: .soon)
            try await expectFailure(.duplicate) { try await warehouse.insert(second, until: .soon) }
            try await warehouse.update(first.identity, set: ["status": .string("DELETED")], until: .soon)
            #expect(try await warehouse.insert(second, until: .soon) == .inserted)
            #expect(try await warehouse.traces(of: "ACME_CORP", until: .soon).profile == second)
        }
    }

    @Test("updates what it is told, and only there", arguments: WarehouseUnderTest.allCases)
    func update(_ kind: WarehouseUnderTest) async throws {
        try await kind.use { (warehouse) async throws in
            let (ours, others) = (try profile(), try profile("other"))
            try await warehouse.insert(ours, until: .soon)
            try await warehouse.insert(others, until: .soon)
            for _ in 0..<2 { try await warehouse.update(ours.identity, set: ["status": .string("ACTIVE")], until: .soon) }
            #expect(try await warehouse.rows(in: ours.table, of: "acme_corp", until: .soon) == [profile(status: "ACTIVE")])
            #expect(try await warehouse.rows(in: ours.table, of: "other", until: .soon) == [others])
            try await expectFailure(.notFound) { try await warehouse.update(profile("nobody").identity, set: [:], until: .soon) }
        }
    }

    @Test("refuses an update that doesn't fit the table", arguments: WarehouseUnderTest.allCases)
    func updateMismatch(_ kind: WarehouseUnderTest) async throws {
        try await kind.use { (warehouse) async throws in
            let row = try profile()
            try await warehouse.insert(row, until: .soon)
            let cases: [(String, WarehouseValue, SchemaMismatch.Reason)] = [
                ("nonsense", .string("x"), .unknownColumn),
                ("tenant_id", .string("other"), .partOfIdentity),
                ("status", .null, .missingRequired),
                ("status", .integer(1), .wrongType(expected: .string, found: "INTEGER")),
            ]
            for (column, value, reason) in cases {
                let error = try await failure { try await warehouse.update(row.identity, set: [column: value], until: .soon) }
                #expect(error?.mismatch?.column == column)
                #expect(error?.mismatch?.reason == reason)
            }
        }
    }

    @Test("removes exactly the row that was made", arguments: WarehouseUnderTest.allCases)
    func delete(_ kind: WarehouseUnderTest) async throws {
        try await kind.use { (warehouse) async throws in
            let row = try profile()
            #expect(try await warehouse.delete(row, until: .soon) == .notThere)
            try await warehouse.insert(row, until: .soon)
            #expect(try await warehouse.delete(profile(company: "Other"), until: .soon) == .anothers)
            #expect(try await warehouse.delete(row, until: .soon) == .removed)
            #expect(try await warehouse.delete(row, until: .soon) == .notThere)
        }
    }

    @Test("lists profiles by tenant, page by page", arguments: WarehouseUnderTest.allCases)
    func profiles(_ kind: WarehouseUnderTest) async throws {
        try await kind.use { (warehouse) async throws in
            for id in ["b_1", "A_2", "c3", "A_1"] { try await warehouse.insert(profile(id), until: .soon) }
            let first = try await warehouse.profiles(after: nil, limit: 2, until: .soon)
            #expect(first.map(\.tenantID) == ["A_1", "A_2"])
            let rest = try await warehouse.profiles(after: "a_2", limit: 10, until: .soon)
            #expect(rest.map(\.tenantID) == ["b_1", "c3"])
        }
    }

    @Test("does nothing whose time is over", arguments: WarehouseUnderTest.allCases)
    func deadline(_ kind: WarehouseUnderTest) async throws {
        try await kind.use { (warehouse) async throws in
            let row = try profile()
            for attempt in [
                { _ = try await warehouse.insert(row, until: .past) },
                { _ = try await warehouse.createDataset(claim(), until: .past) },
                { try await warehouse.checkConnectivity(until: .past) },
            ] as [() async throws -> Void] {
                let error = try await failure(of: attempt)
                #expect(error?.code == .deadlineExceeded)
                #expect(error?.outcome == .notDone)
            }
            #expect(try await warehouse.traces(of: "acme_corp", until: .soon) == TenantTraces(profile: nil, dataset: .absent(id: "acme_corp")))
        }
    }

    @Test("answers a constant query", arguments: WarehouseUnderTest.allCases)
    func connectivity(_ kind: WarehouseUnderTest) async throws {
        try await kind.use { try await $0.checkConnectivity(until: .soon) }
    }
}
