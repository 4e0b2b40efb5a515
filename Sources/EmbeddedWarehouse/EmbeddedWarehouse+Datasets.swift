// SPDX-License-Identifier: Apache-2.0
import SQLite
import Time
import Warehouse

extension EmbeddedWarehouse {
    /// The whole file is on disk before it gets its name, and its name before this returns. A crash in between leaves a
    /// draft, which the next attempt replaces, or the dataset, which it adopts.
    public func createDataset(
        _ claim: DatasetClaim, until deadline: BootTime
    ) async throws(WarehouseError) -> DatasetCreation {
        let location = try datasets.location(of: claim.tenantID)
        let draft = try datasets.draft(of: claim.jobID)
        let template = template
        return try await changeNames("create dataset \(claim.tenantID)", in: location, until: deadline) {
            let image = try template.image(for: claim)
            try FileSystem.remove(draft)
            try FileSystem.write(image, toNewFile: draft)
            // A journal without its file would be played back into the new one.
            if try !FileSystem.exists(location.path) { try FileSystem.remove(location.journal) }
            if try FileSystem.renameWithoutReplacing(draft, to: location.path) { return .created }
            try FileSystem.remove(draft)
            _ = try DatasetFile.own(claim, at: location, toWrite: false)
            return .adopted
        }
    }

    @discardableResult
    public func dropDataset(_ claim: DatasetClaim, until deadline: BootTime) async throws(WarehouseError) -> Removal {
        let location = try datasets.location(of: claim.tenantID)
        let draft = try datasets.draft(of: claim.jobID)
        return try await changeNames("drop dataset \(claim.tenantID)", in: location, until: deadline) {
            try FileSystem.remove(draft)
            guard try FileSystem.exists(location.path) else {
                try FileSystem.remove(location.journal)
                return .notThere
            }
            do {
                _ = try DatasetFile.own(claim, at: location, toWrite: false)
            } catch let error as WarehouseError where error.code == .datasetExists {
                return .anothers
            }
            // Before its journal: without the file a journal undoes nothing, the other way round it could be needed.
            try FileSystem.remove(location.path)
            try FileSystem.remove(location.journal)
            guard try !FileSystem.exists(location.path) else { throw location.stillThere }
            return .removed
        }
    }

    public func dataset(of tenantID: String, until deadline: BootTime) async throws(WarehouseError) -> DatasetStatus {
        let location = try datasets.location(of: tenantID)
        return try await onFiles("look at dataset \(tenantID)", until: deadline) { try location.status() }
    }

    public func datasets(
        after id: String?, limit: Int, until deadline: BootTime
    ) async throws(WarehouseError) -> [DatasetStatus] {
        let folder = datasets
        return try await onFiles("list the datasets", until: deadline, on: readQueues) {
            let names = try folder.names().drop { name in id.map { name <= $0.lowercased() } ?? false }
            return try names.prefix(max(limit, 0)).compactMap { name in
                do {
                    let status = try folder.location(of: name).status()
                    // It may have been dropped since it was listed.
                    if case .absent = status { return nil }
                    return status
                } catch let error as WarehouseError where error.code == .notSupported {
                    return .foreign(id: name, reason: "no dataset of ours can bear this name")
                }
            }
        }
    }

    /// Works on a dataset's file, then makes what it did to names durable, in one sync with others who wait for that.
    private func changeNames<T: Sendable>(
        _ doing: String, in location: DatasetLocation, until deadline: BootTime, _ body: @escaping @Sendable () throws -> T
    ) async throws(WarehouseError) -> T {
        let (clock, directorySync) = (clock, directorySync)
        let result: Result<T, any Error> = await withCheckedContinuation { continuation in
            fileQueues.submit {
                let result = Result {
                    try clock.check(deadline, doing: doing)
                    return try body()
                }
                guard case .success = result else { return continuation.resume(returning: result) }
                directorySync.sync(location.directory) { failure in
                    continuation.resume(returning: failure.map { .failure($0) } ?? result)
                }
            }
        }
        do {
            return try result.get()
        } catch {
            throw WarehouseError(error, doing: doing)
        }
    }
}

extension DatasetLocation {
    fileprivate func status() throws -> DatasetStatus {
        do {
            return .owned(try DatasetFile.read(self).owner)
        } catch let foreign as ForeignDataset {
            return .foreign(id: name, reason: foreign.reason)
        } catch let error as WarehouseError where error.code == .notFound {
            return .absent(id: tenantID)
        }
    }

    fileprivate var stillThere: WarehouseError {
        WarehouseError(.unavailable, "dataset \(name) was dropped and is there again", retry: .withBackoff, outcome: .unknown)
    }
}
