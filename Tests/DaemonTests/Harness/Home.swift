// SPDX-License-Identifier: Apache-2.0
import Foundation
import SQLite
import TestSupport

/// All that belongs to one daemon on disk: its state directory and, where a test wants one, its configuration.
final class Home: Sendable {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    var state: String { folder.file("state") }
    var settingsFile: String { folder.file("etc/onboardd.yml") }
    var jobStore: String { state + "/jobs.sqlite" }
    var central: String { state + "/warehouse/central.sqlite" }
    var keyFile: String { state + "/keys/master.key" }

    /// Writes the settings file, beside copies of the shipped configuration.
    func configure(_ settings: String) throws {
        if !FileManager.default.fileExists(atPath: folder.file("etc")) {
            try FileManager.default.copyItem(atPath: Self.shippedConfigs, toPath: folder.file("etc"))
        }
        try settings.write(toFile: settingsFile, atomically: true, encoding: .utf8)
    }

    /// Changes a file of the configuration.
    func edit(_ name: String, _ old: String, _ new: String) throws {
        let path = folder.file("etc/" + name)
        let text = try String(contentsOfFile: path, encoding: .utf8)
        guard text.contains(old) else { throw ChildProcess.Failure(description: "\(name) has no \(old)") }
        try text.replacingOccurrences(of: old, with: new).write(toFile: path, atomically: true, encoding: .utf8)
    }

    private static let shippedConfigs = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("../../../configs").standardizedFileURL.path
}

extension Home {
    /// A database of this home, looked at from outside, while the daemon runs or not.
    static func rows(_ path: String, _ sql: String) throws -> [[String]] {
        let connection = try Connection(path: path, mode: .readWrite)
        try connection.executeScript("PRAGMA query_only = ON")
        let statement = try connection.prepare(sql)
        var rows: [[String]] = []
        while let row = try statement.step() { rows.append((0..<statement.columnCount).map { row.optionalText($0) ?? "NULL" }) }
        return rows
    }

    func isIntact(_ path: String) throws -> Bool { try Self.rows(path, "PRAGMA integrity_check") == [["ok"]] }

    /// The names of all datasets on disk, in order.
    func datasets() throws -> [String] {
        let root = state + "/warehouse/datasets"
        return try FileManager.default.subpathsOfDirectory(atPath: root).filter { $0.hasSuffix(".sqlite") && !$0.hasPrefix(".") }
            .map { URL(fileURLWithPath: $0).deletingPathExtension().lastPathComponent }.sorted()
    }

    /// Where the warehouse looks for a tenant's dataset.
    func datasetPath(_ tenantID: String) -> String {
        let name = tenantID.lowercased()
        let hash = name.utf8.reduce(UInt32(2_166_136_261)) { ($0 ^ UInt32($1)) &* 16_777_619 }
        let shard = ((hash >> 24) ^ (hash >> 16) ^ (hash >> 8) ^ hash) & 0xFF
        return state + "/warehouse/datasets/" + (shard < 16 ? "0" : "") + String(shard, radix: 16) + "/" + name + ".sqlite"
    }

    /// Every file, with its bytes.
    func files() throws -> [(path: String, bytes: Data)] {
        try FileManager.default.subpathsOfDirectory(atPath: state).sorted().compactMap { name in
            let url = URL(fileURLWithPath: state + "/" + name)
            guard try url.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile == true else { return nil }
            return (name, try Data(contentsOf: url))
        }
    }
}
