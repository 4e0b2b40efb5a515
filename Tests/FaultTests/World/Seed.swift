// SPDX-License-Identifier: Apache-2.0
import EmbeddedWarehouse
import Foundation
import JobQueue
import Migrations
import SQLite
import TestSupport
import Time

/// The files of a store and a warehouse as a first start leaves them: made once, written anew for each site.
struct Seed: Sendable {
    static let made = Task { try await Seed() }

    private static let names = ["jobs.sqlite", "warehouse/central.sqlite"]
    private let files: [String: Data]

    private init() async throws {
        let folder = try TemporaryFolder()
        let jobs = folder.file("jobs.sqlite")
        _ = try Migrator().migrate(Connection(path: jobs, mode: .create))
        let store = try await JobStore.open(path: jobs, bootID: "boot-1", limits: .init(), time: .system, random: .system)
        let warehouse = try await EmbeddedWarehouse.open(folder: folder.file("warehouse"))
        _ = try await warehouse.bootstrap(
            instance: store.identity.instanceID, until: TimeSource.system.boot() + .seconds(60))
        try await warehouse.close()
        try await store.close()
        files = try Self.names.reduce(into: [:]) { files, name in
            files[name] = try Data(contentsOf: URL(fileURLWithPath: folder.file(name)))
        }
    }

    func plant(in folder: TemporaryFolder) throws {
        try FileManager.default.createDirectory(atPath: folder.file("warehouse"), withIntermediateDirectories: true)
        for (name, data) in files { try data.write(to: URL(fileURLWithPath: folder.file(name))) }
    }
}
