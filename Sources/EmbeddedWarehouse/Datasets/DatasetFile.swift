// SPDX-License-Identifier: Apache-2.0
import SQLite
import Time
import Warehouse

/// A dataset's file while it is open: for the moment, on a queue for files.
struct DatasetFile {
    let location: DatasetLocation
    let connection: Connection
    let owner: DatasetClaim

    /// Opens a dataset to read it.
    /// - Throws: `not_found`; `ForeignDataset` for a file that no job of ours made.
    static func read(_ location: DatasetLocation) throws -> DatasetFile {
        guard try FileSystem.exists(location.path) else { throw location.notFound }
        do {
            return try DatasetFile(location, mode: .readOnly)
        } catch let error as SQLiteError where error.isReadOnly || error.code == .cannotOpen {
            guard try FileSystem.exists(location.path) else { throw location.notFound }
            // A change was cut off by a crash: only a connection that may write can undo it.
            _ = try DatasetFile(location, mode: .readWrite)
            return try DatasetFile(location, mode: .readOnly)
        }
    }

    /// Opens a dataset to change it: a commit is on disk when it returns, the end of its journal too.
    static func write(_ location: DatasetLocation) throws -> DatasetFile {
        guard try FileSystem.exists(location.path) else { throw location.notFound }
        let file = try DatasetFile(location, mode: .readWrite)
        try file.connection.executeScript("PRAGMA synchronous = EXTRA")
        return file
    }

    private init(_ location: DatasetLocation, mode: Connection.Mode) throws {
        self.location = location
        connection = try Connection(path: location.path, mode: mode)
        owner = try Self.owner(connection, of: location)
    }

    private static func owner(_ connection: Connection, of location: DatasetLocation) throws -> DatasetClaim {
        do {
            let claim = try connection.first("SELECT tenant_id, job_id, created_at FROM _onboardd_meta") { row in
                WallTime(rfc3339: row.text(2)).map {
                    DatasetClaim(tenantID: row.text(0), jobID: row.text(1), createdAt: $0)
                }
            }
            guard let claim = claim ?? nil else {
                throw ForeignDataset(location: location, reason: "its mark of ownership is empty")
            }
            guard claim.tenantID.lowercased() == location.name else {
                throw ForeignDataset(location: location, reason: "it is marked as the dataset of \(claim.tenantID)")
            }
            return claim
        } catch let error as SQLiteError where error.isCorrupt {
            throw ForeignDataset(location: location, reason: "it is no SQLite database, or a damaged one")
        } catch let error as SQLiteError where error.code == .error {
            throw ForeignDataset(location: location, reason: "it bears no mark of ownership (_onboardd_meta)")
        }
    }

    /// The SQL of a view that it keeps.
    func view(_ name: String) throws -> String? {
        try connection.first("SELECT sql FROM _onboardd_views WHERE name = ?1", name) { $0.text(0) }
    }
}

/// A file where a dataset would be, that no job of ours made.
struct ForeignDataset: Error {
    let location: DatasetLocation
    let reason: String
}

extension DatasetLocation {
    var notFound: WarehouseError {
        WarehouseError(.notFound, "there is no dataset \(tenantID)", retry: .never)
    }

    func belongsToAnother(_ owner: String) -> WarehouseError {
        WarehouseError(
            .datasetExists, "a dataset \(name) is there already: \(owner); choose another tenant id, or look at \(path)",
            retry: .never)
    }
}

extension DatasetFile {
    /// Opens the claim's own dataset.
    /// - Throws: `not_found`; `dataset_exists` if it is another's.
    static func own(_ claim: DatasetClaim, at location: DatasetLocation, toWrite: Bool) throws -> DatasetFile {
        let file: DatasetFile
        do {
            file = toWrite ? try write(location) : try read(location)
        } catch let foreign as ForeignDataset {
            throw location.belongsToAnother(foreign.reason)
        }
        guard file.owner.jobID == claim.jobID else { throw location.belongsToAnother("job \(file.owner.jobID) made it") }
        return file
    }
}
