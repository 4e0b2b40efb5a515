// SPDX-License-Identifier: Apache-2.0
import SQLite
import Synchronization
import Warehouse

/// A complete dataset in memory. Each new one is this with three rows changed, written out as bytes: no dataset pays for
/// parsing the schema, nor for SQLite's own journal.
struct DatasetTemplate {
    private let connection: Connection

    init() throws {
        connection = try Connection(path: ":memory:", mode: .create)
        try connection.executeScript(Self.schema)
        try connection.run("INSERT INTO _onboardd_meta (tenant_id, job_id, created_at) VALUES ('', '', ?1)", Self.noTime)
        try connection.run(
            "INSERT INTO _onboardd_views (name, sql) VALUES (?1, ?2)", ComprehensiveView.name, ComprehensiveView.sql.text)
        try connection.run("INSERT INTO onboarding_validation_test (id, created_at) VALUES ('', ?1)", Self.noTime)
    }

    /// The bytes of the file that `claim` makes.
    func image(for claim: DatasetClaim) throws -> [UInt8] {
        let record = ValidationTable.record(for: claim).map(\.stored)
        try connection.run(
            "UPDATE _onboardd_meta SET tenant_id = ?1, job_id = ?2, created_at = ?3",
            claim.tenantID, claim.jobID, WarehouseValue.timestamp(claim.createdAt).stored)
        try connection.run(
            "UPDATE onboarding_validation_test SET id = ?1, test_message = ?2, created_at = ?3",
            record[0], record[1], record[2])
        return try connection.image()
    }

    /// The schema of a new dataset. Times are text, as in the central tables.
    private static let schema = """
        CREATE TABLE _onboardd_meta (
          tenant_id TEXT NOT NULL COLLATE NOCASE,
          job_id TEXT NOT NULL,
          created_at TEXT NOT NULL CHECK (\(CentralDDL.timeCheck("created_at")))
        ) STRICT;
        CREATE TABLE _onboardd_views (name TEXT NOT NULL PRIMARY KEY, sql TEXT NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE _onboardd_appends (key TEXT NOT NULL PRIMARY KEY) STRICT, WITHOUT ROWID;
        \(validationTable);
        """

    static let validationTable = """
        CREATE TABLE onboarding_validation_test (
          id TEXT NOT NULL,
          test_message TEXT,
          created_at TEXT NOT NULL CHECK (\(CentralDDL.timeCheck("created_at")))
        ) STRICT
        """

    private static let noTime = WarehouseValue.timestampText(0)

    /// One template for all queues: making an image takes some microseconds, so they take turns.
    final class Shared: Sendable {
        private let template: Mutex<DatasetTemplate>

        init() throws {
            template = Mutex(try DatasetTemplate())
        }

        func image(for claim: DatasetClaim) throws -> [UInt8] {
            try template.withLock { try $0.image(for: claim) }
        }
    }
}
