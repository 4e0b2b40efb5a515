// SPDX-License-Identifier: Apache-2.0
import Testing
import Time
import Warehouse

/// What every warehouse must do with datasets.
@Suite("every warehouse: datasets")
struct DatasetConformanceTests {
    @Test("makes a dataset twice and ends with one", arguments: WarehouseUnderTest.allCases)
    func createTwice(_ kind: WarehouseUnderTest) async throws {
        try await kind.use { (warehouse) async throws in
            #expect(try await warehouse.createDataset(claim(), until: .soon) == .created)
            #expect(try await warehouse.createDataset(claim(), until: .soon) == .adopted)
            #expect(try await warehouse.dataset(of: "ACME_CORP", until: .soon) == .owned(claim()))
            #expect(try await warehouse.datasets(after: nil, limit: 10, until: .soon) == [.owned(claim())])
        }
    }

    @Test("refuses another job's dataset, in whatever case", arguments: WarehouseUnderTest.allCases)
    func refuse(_ kind: WarehouseUnderTest) async throws {
        try await kind.use { (warehouse) async throws in
            _ = try await warehouse.createDataset(claim(), until: .soon)
            let error = try await failure {
                try await warehouse.createDataset(claim("Acme_Corp", job: "job_2"), until: .soon)
            }
            #expect(error?.code == .datasetExists)
            #expect(error?.retry == .never)
            #expect(try await warehouse.dataset(of: "acme_corp", until: .soon) == .owned(claim()))
        }
    }

    @Test("lets one of two racing jobs win", arguments: WarehouseUnderTest.allCases)
    func race(_ kind: WarehouseUnderTest) async throws {
        try await kind.use { (warehouse) async throws in
            let outcomes = await withTaskGroup { group in
                for number in 1...8 {
                    group.addTask { () -> Result<DatasetCreation, WarehouseError> in
                        do throws(WarehouseError) {
                            return .success(try await warehouse.createDataset(claim(job: "job_\(number)"), until: .soon))
                        } catch {
                            return .failure(error)
                        }
                    }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
            #expect(outcomes.count { $0 == .success(.created) } == 1)
            let codes = outcomes.compactMap { outcome in
                if case .failure(let error) = outcome { error.code } else { nil }
            }
            #expect(codes == Array(repeating: .datasetExists, count: 7))
        }
    }

    @Test("an undo removes what its own job made, and says so", arguments: WarehouseUnderTest.allCases)
    func drop(_ kind: WarehouseUnderTest) async throws {
        try await kind.use { (warehouse) async throws in
            #expect(try await warehouse.dropDataset(claim(), until: .soon) == .notThere)
            _ = try await warehouse.createDataset(claim(), until: .soon)
            #expect(try await warehouse.dropDataset(claim(job: "job_2"), until: .soon) == .anothers)
            #expect(try await warehouse.dataset(of: "acme_corp", until: .soon) == .owned(claim()))
            #expect(try await warehouse.dropDataset(claim(), until: .soon) == .removed)
            #expect(try await warehouse.dataset(of: "acme_corp", until: .soon) == .absent(id: "acme_corp"))
            #expect(try await warehouse.createDataset(claim(job: "job_2"), until: .soon) == .created)
        }
    }

    @Test("makes the validation table and its record once", arguments: WarehouseUnderTest.allCases)
    func validationTable(_ kind: WarehouseUnderTest) async throws {
        try await kind.use { (warehouse) async throws in
            try await expectFailure(.notFound) { try await warehouse.createValidationTable(in: claim(), until: .soon) }
            _ = try await warehouse.createDataset(claim(), until: .soon)
            for _ in 0..<2 { try await warehouse.createValidationTable(in: claim(), until: .soon) }
            try await expectFailure(.datasetExists) { try await warehouse.createValidationTable(in: claim(job: "job_2"), until: .soon) }
            let columns = try await warehouse.columns(of: ValidationTable.name, inDatasetOf: "acme_corp", until: .soon)
            #expect(columns == ValidationTable.columns)
            let found = try await warehouse.run(
                Query(
                    "SELECT id, test_message FROM onboarding_validation_test WHERE id = @id",
                    parameters: ["id": .string("onboarding_test_acme_corp")]),
                inDatasetOf: "acme_corp", until: .soon)
            #expect(found.rows == [[.string("onboarding_test_acme_corp"), .string(ValidationTable.message)]])
        }
    }

    @Test("lists datasets by their ids, page by page", arguments: WarehouseUnderTest.allCases)
    func list(_ kind: WarehouseUnderTest) async throws {
        try await kind.use { (warehouse) async throws in
            for id in ["zeta", "Alpha", "beta_2"] { _ = try await warehouse.createDataset(claim(id), until: .soon) }
            #expect(try await warehouse.datasets(after: nil, limit: 2, until: .soon).map(\.id) == ["Alpha", "beta_2"])
            #expect(try await warehouse.datasets(after: "Beta_2", limit: 2, until: .soon).map(\.id) == ["zeta"])
        }
    }

    @Test("appends rows once, all of them", arguments: WarehouseUnderTest.allCases)
    func append(_ kind: WarehouseUnderTest) async throws {
        try await kind.use { (warehouse) async throws in
            _ = try await warehouse.createDataset(claim(), until: .soon)
            let rows: [[String: WarehouseValue]] = [
                ["id": .string("a"), "created_at": .string("2026-11-23T12:00:00Z")],
                ["id": .string("b"), "created_at": .timestamp(noon), "test_message": .string("hello")],
            ]
            func append() async throws -> Insertion {
                try await warehouse.append(
                    rows, to: ValidationTable.name, inDatasetOf: "acme_corp", once: "job_1", until: .soon)
            }
            #expect(try await append() == .inserted)
            #expect(try await append() == .alreadyThere)
            let found = try await warehouse.run(
                Query("SELECT id FROM onboarding_validation_test WHERE length(id) = 1 ORDER BY id"),
                inDatasetOf: "acme_corp", until: .soon)
            #expect(found.rows == [[.string("a")], [.string("b")]])
        }
    }

    @Test(
        "names the row and the column that don't fit, and writes nothing",
        arguments: WarehouseUnderTest.allCases,
        [
            (["message": .string("x")], "message", .unknownColumn),
            (["test_message": .string("x"), "created_at": .timestamp(noon)], "id", .missingRequired),
            (["id": .string("x")], "created_at", .missingRequired),
            (["id": .integer(7), "created_at": .timestamp(noon)], "id", .wrongType(expected: .string, found: "INTEGER")),
            (
                ["id": .string("x"), "created_at": .string("yesterday")], "created_at",
                .wrongType(expected: .timestamp, found: "STRING")
            ),
        ] as [([String: WarehouseValue], String, SchemaMismatch.Reason)])
    func mismatch(_ kind: WarehouseUnderTest, _ bad: ([String: WarehouseValue], String, SchemaMismatch.Reason)) async throws {
        try await kind.use { (warehouse) async throws in
            _ = try await warehouse.createDataset(claim(), until: .soon)
            let good: [String: WarehouseValue] = ["id": .string("a"), "created_at": .timestamp(noon)]
            let error = try await failure {
                try await warehouse.append(
                    [good, bad.0, good], to: ValidationTable.name, inDatasetOf: "acme_corp", once: "k", until: .soon)
            }
            #expect(error?.code == .schemaMismatch)
            #expect(
                error?.mismatch
                    == SchemaMismatch(table: ValidationTable.name, row: 2, column: bad.1, reason: bad.2))
            #expect(error?.message.contains("row 2") == true && error?.message.contains(bad.1) == true)
            let count = try await warehouse.run(
                Query("SELECT count(*) AS n FROM onboarding_validation_test"), inDatasetOf: "acme_corp", until: .soon)
            #expect(count.rows == [[.integer(1)]])
        }
    }

    @Test("says that a table isn't there", arguments: WarehouseUnderTest.allCases)
    func noTable(_ kind: WarehouseUnderTest) async throws {
        try await kind.use { (warehouse) async throws in
            try await expectFailure(.notFound) { try await warehouse.columns(of: "x", inDatasetOf: "acme_corp", until: .soon) }
            _ = try await warehouse.createDataset(claim(), until: .soon)
            try await expectFailure(.notFound) { try await warehouse.columns(of: "x", inDatasetOf: "acme_corp", until: .soon) }
            try await expectFailure(.notFound) {
                    try await warehouse.append([], to: "x", inDatasetOf: "acme_corp", once: "k", until: .soon)
                }
        }
    }
}
