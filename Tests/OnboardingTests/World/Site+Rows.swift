// SPDX-License-Identifier: Apache-2.0
import Foundation
import SQLite
import TestSupport
import Time
import Warehouse

@testable import EmbeddedWarehouse

extension Site {
    /// A dataset that a job made, with its validation table.
    @discardableResult
    func makeDataset(_ tenantID: String, job: String = Site.strangeJob) async throws -> DatasetClaim {
        let claim = DatasetClaim(tenantID: tenantID, jobID: job, createdAt: clock.wall)
        _ = try await warehouse.createDataset(claim, until: soon)
        try await warehouse.createValidationTable(in: claim, until: soon)
        return claim
    }

    /// No job of this store.
    static let strangeJob = "job_00000000000070008000000000000000"

    /// A dataset as a half-done onboarding of the seed system left it: without a mark of ours.
    func makeOrphan(_ tenantID: String) throws {
        let dataset = try Connection(path: warehouse.datasets.location(of: tenantID).path, mode: .create)
        try dataset.executeScript("CREATE TABLE onboarding_validation_test (id TEXT)")
    }

    /// Changes the central tables behind the warehouse's back.
    func changeCentral(_ script: String) throws {
        try Connection(path: folder.file("warehouse/central.sqlite"), mode: .readWrite).executeScript(script)
    }

    /// A profile as the seed system wrote it.
    func insertProfile(
        _ tenantID: String, status: String = "ACTIVE", plan: String = "PROFESSIONAL", at time: WallTime? = nil
    ) async throws {
        let row = try CentralRow(CentralSchema.profiles, [
            "tenant_id": .string(tenantID), "company_name": .string("Seed Company"), "admin_email": .string("seed@example.com"),
            "tenant_dataset_id": .string(tenantID), "status": .string(status), "subscription_plan": .string(plan),
            "created_at": .timestamp(time ?? clock.wall),
        ])
        try await warehouse.insert(row, until: soon)
    }

    func insertKey(
        _ tenantID: String, id: String, hash: String, isActive: Bool = true, expiresAt: WallTime? = nil
    ) async throws {
        let row = try CentralRow(CentralSchema.apiKeys, [
            "tenant_id": .string(tenantID), "api_key_id": .string(id), "api_key_hash": .string(hash),
            "is_active": .bool(isActive), "expires_at": expiresAt.map { .timestamp($0) } ?? .null, "created_at": .timestamp(clock.wall),
        ])
        try await warehouse.insert(row, until: soon)
    }

    func insertSubscription(
        _ tenantID: String, plan: String, limits: (daily: Int64, monthly: Int64, concurrent: Int64), status: String = "ACTIVE",
        at time: WallTime? = nil
    ) async throws {
        let row = try CentralRow(CentralSchema.subscriptions, [
            "tenant_id": .string(tenantID), "subscription_id": .string("\(plan)-\(status)"), "plan_name": .string(plan),
            "status": .string(status), "daily_limit": .integer(limits.daily), "monthly_limit": .integer(limits.monthly),
            "concurrent_limit": .integer(limits.concurrent), "created_at": .timestamp(time ?? clock.wall),
        ])
        try await warehouse.insert(row, until: soon)
    }

    /// How many rows each central table has of a tenant.
    func rowCount(of tenantID: String) async throws -> Int {
        var count = 0
        for table in CentralSchema.tables { count += try await warehouse.rows(in: table, of: tenantID, until: soon).count }
        return count
    }
}

/// All that is on disk.
extension Site {
    /// Every row of every table of every database, by file and table.
    func contents() throws -> [String: [[Value]]] {
        var contents: [String: [[Value]]] = [:]
        for file in try files() where file.hasSuffix(".sqlite") {
            let connection = try Connection(path: folder.file(file), mode: .readOnly)
            let tables = try connection.all("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name") { $0.text(0) }
            for table in tables {
                var rows: [[Value]] = []
                try connection.prepare("SELECT * FROM \"\(table)\"").forEach(with: []) { row in
                    rows.append((0..<row.columnCount).map(row.value))
                    return true
                }
                contents["\(file) \(table)"] = rows
            }
        }
        return contents
    }

    /// All files below the folder, by their paths in it.
    func files() throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: folder.path).sorted().filter { name in
            var isDirectory: ObjCBool = false
            return FileManager.default.fileExists(atPath: folder.file(name), isDirectory: &isDirectory) && !isDirectory.boolValue
        }
    }

    /// The files that hold these bytes.
    func files(holding bytes: some Sequence<UInt8>) throws -> [String] {
        let wanted = Data(bytes)
        return try files().filter { try Data(contentsOf: URL(filePath: folder.file($0))).range(of: wanted) != nil }
    }
}
