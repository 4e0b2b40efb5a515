// SPDX-License-Identifier: Apache-2.0
import EmbeddedWarehouse
import Foundation
import SQLite
import Testing
import Warehouse

@Suite("the embedded warehouse's files")
struct EmbeddedDatasetTests {
    @Test("refuses a stranger's file and leaves it alone", arguments: ["", "no database", "another database"])
    func stranger(_ content: String) async throws {
        try await withEmbedded { (warehouse, folder) async throws in
            let path = datasetPath(in: folder)
            if content == "another database" {
                try Connection(path: path, mode: .create).executeScript("CREATE TABLE t (a)")
            } else {
                try Data(content.utf8).write(to: URL(fileURLWithPath: path))
            }
            let before = try Data(contentsOf: URL(fileURLWithPath: path))
            try await expectFailure(.datasetExists) { try await warehouse.createDataset(claim(), until: .soon) }
            #expect(try await warehouse.dropDataset(claim(), until: .soon) == .anothers)
            guard case .foreign("acme_corp", _) = try await warehouse.dataset(of: "acme_corp", until: .soon) else {
                Issue.record("a stranger's file has to be reported as foreign")
                return
            }
            #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == before)
            #expect(drafts(in: folder).isEmpty)
        }
    }

    @Test("refuses a dataset that is marked as another tenant's")
    func swapped() async throws {
        try await withEmbedded { (warehouse, folder) async throws in
            _ = try await warehouse.createDataset(claim("other"), until: .soon)
            let other = try #require(files(in: folder).first)
            try FileManager.default.copyItem(atPath: other, toPath: datasetPath(in: folder))
            try await expectFailure(.datasetExists) { try await warehouse.createDataset(claim(), until: .soon) }
        }
    }

    @Test("replaces what an attempt that was cut off left of its draft")
    func staleDraft() async throws {
        try await withEmbedded { (warehouse, folder) async throws in
            try Data("SQLite format 3, half".utf8).write(to: URL(fileURLWithPath: folder + "/datasets/.tmp/job_1"))
            #expect(try await warehouse.createDataset(claim(), until: .soon) == .created)
            #expect(drafts(in: folder).isEmpty)
        }
    }

    @Test("an undo removes a draft that never got its name")
    func draftUndone() async throws {
        try await withEmbedded { (warehouse, folder) async throws in
            try Data("half".utf8).write(to: URL(fileURLWithPath: folder + "/datasets/.tmp/job_1"))
            #expect(try await warehouse.dropDataset(claim(), until: .soon) == .notThere)
            #expect(drafts(in: folder).isEmpty)
        }
    }

    @Test("clears drafts when it opens, and keeps datasets")
    func restart() async throws {
        try await withFolder { folder in
            let first = try await EmbeddedWarehouse.open(folder: folder)
            _ = try await first.createDataset(claim(), until: .soon)
            try await first.close()
            try Data("half".utf8).write(to: URL(fileURLWithPath: folder + "/datasets/.tmp/job_9"))
            let second = try await EmbeddedWarehouse.open(folder: folder)
            #expect(drafts(in: folder).isEmpty)
            #expect(try await second.createDataset(claim(), until: .soon) == .adopted)
            try await second.close()
        }
    }

    @Test("a journal left without its dataset is not played into the next one")
    func strayJournal() async throws {
        try await withEmbedded { (warehouse, folder) async throws in
            let journal = datasetPath(in: folder) + "-journal"
            try Data(repeating: 7, count: 512).write(to: URL(fileURLWithPath: journal))
            #expect(try await warehouse.createDataset(claim(), until: .soon) == .created)
            #expect(!FileManager.default.fileExists(atPath: journal))
        }
    }

    @Test("undoes a change that a crash cut off, before it reads")
    func hotJournal() async throws {
        try await withEmbedded { (warehouse, folder) async throws in
            _ = try await warehouse.createDataset(claim(), until: .soon)
            let path = datasetPath(in: folder)
            let (crashed, crashedJournal) = (folder + "/crashed", folder + "/crashed-journal")
            // The files as they are in the middle of a change that has begun to reach the disk.
            let connection = try Connection(path: path, mode: .readWrite)
            try connection.executeScript("PRAGMA cache_size = 1; PRAGMA cache_spill = 1; BEGIN IMMEDIATE")
            for number in 0..<2_000 {
                try connection.run(
                    "INSERT INTO onboarding_validation_test VALUES (?1, 'x', '2026-11-24T12:00:00.123000Z')", number)
            }
            try FileManager.default.copyItem(atPath: path, toPath: crashed)
            try FileManager.default.copyItem(atPath: path + "-journal", toPath: crashedJournal)
            try connection.executeScript("ROLLBACK")
            for (from, to) in [(crashed, path), (crashedJournal, path + "-journal")] {
                try? FileManager.default.removeItem(atPath: to)
                try FileManager.default.moveItem(atPath: from, toPath: to)
            }
            #expect(try await warehouse.dataset(of: "acme_corp", until: .soon) == .owned(claim()))
            let count = try await warehouse.run(
                Query("SELECT count(*) FROM onboarding_validation_test"), inDatasetOf: "acme_corp", until: .soon)
            #expect(count.rows == [[.integer(1)]])
        }
    }

    @Test("a dataset is one file in rollback-journal mode, for its owner alone")
    func oneFile() async throws {
        try await withEmbedded { (warehouse, folder) async throws in
            _ = try await warehouse.createDataset(claim(), until: .soon)
            #expect(files(in: folder) == [datasetPath(in: folder)])
            let header = try Data(contentsOf: URL(fileURLWithPath: datasetPath(in: folder))).prefix(20)
            #expect(Array(header.suffix(2)) == [1, 1])
            #expect(try Connection(path: datasetPath(in: folder), mode: .readOnly).integrityCheck() == [])
            let attributes = try FileManager.default.attributesOfItem(atPath: datasetPath(in: folder))
            #expect(attributes[.posixPermissions] as? Int == 0o600)
        }
    }

    @Test("gives back a validation table that was lost, and refuses a changed one")
    func lostTable() async throws {
        try await withEmbedded { (warehouse, folder) async throws in
            _ = try await warehouse.createDataset(claim(), until: .soon)
            let path = datasetPath(in: folder)
            try Connection(path: path, mode: .readWrite).executeScript("DROP TABLE onboarding_validation_test")
            try await warehouse.createValidationTable(in: claim(), until: .soon)
            try Connection(path: path, mode: .readWrite).executeScript(
                "UPDATE onboarding_validation_test SET test_message = 'other'")
            try await expectFailure(.duplicate) { try await warehouse.createValidationTable(in: claim(), until: .soon) }
            try Connection(path: path, mode: .readWrite).executeScript(
                "DROP TABLE onboarding_validation_test; CREATE TABLE onboarding_validation_test (id TEXT NOT NULL, x)")
            let error = try await failure { try await warehouse.createValidationTable(in: claim(), until: .soon) }
            #expect(error?.mismatch?.column == "test_message")
        }
    }

    @Test("reads the view that the dataset keeps, and replaces an older one")
    func olderView() async throws {
        try await withEmbedded { (warehouse, folder) async throws in
            try await warehouse.insert(profile(), until: .soon)
            _ = try await warehouse.createDataset(claim(), until: .soon)
            try Connection(path: datasetPath(in: folder), mode: .readWrite).executeScript(
                "UPDATE _onboardd_views SET sql = 'SELECT tenant_id, ''older'' AS release FROM tenant_profiles'")
            let older = try await warehouse.view(of: "acme_corp", limit: 1, until: .soon)
            #expect(older.rows == [[.string("acme_corp"), .string("older")]])
            try await warehouse.createComprehensiveView(in: claim(), until: .soon)
            #expect(try await warehouse.view(of: "acme_corp", limit: 1, until: .soon).columns.count == 61)
        }
    }

    @Test("takes no id for a path", arguments: ["../evil", "a/b", "", "a\0b", "ä", String(repeating: "x", count: 101)])
    func unsafeNames(_ id: String) async throws {
        try await withEmbedded { (warehouse, folder) async throws in
            try await expectFailure(.notSupported) { try await warehouse.createDataset(claim(id), until: .soon) }
            try await expectFailure(.notSupported) { try await warehouse.createDataset(claim(job: id), until: .soon) }
            #expect(files(in: folder).isEmpty)
        }
    }

    @Test("makes many datasets side by side, and each is whole")
    func many() async throws {
        try await withEmbedded { (warehouse, folder) async throws in
            try await withThrowingTaskGroup { group in
                for number in 0..<200 {
                    group.addTask {
                        _ = try await warehouse.createDataset(claim("tenant_\(number)", job: "job_\(number)"), until: .soon)
                    }
                }
                try await group.waitForAll()
            }
            let all = try await warehouse.datasets(after: nil, limit: 1_000, until: .soon)
            #expect(Set(all) == Set((0..<200).map { .owned(claim("tenant_\($0)", job: "job_\($0)")) }))
            for file in files(in: folder) { #expect(try Connection(path: file, mode: .readOnly).integrityCheck() == []) }
        }
    }

    private func datasetPath(in folder: String) -> String {
        // FNV-1a of "acme_corp", folded to a byte: where datasets lie must never change.
        folder + "/datasets/75/acme_corp.sqlite"
    }

    private func drafts(in folder: String) -> [String] {
        (try? FileManager.default.contentsOfDirectory(atPath: folder + "/datasets/.tmp")) ?? []
    }

    private func files(in folder: String) -> [String] {
        let names = FileManager.default.enumerator(atPath: folder + "/datasets")?.compactMap { $0 as? String } ?? []
        return names.filter { $0.contains(".sqlite") }.map { folder + "/datasets/" + $0 }
    }
}
