// SPDX-License-Identifier: Apache-2.0
import Warehouse

/// Where each dataset's file is: `<2 hex>/<id in lower case>.sqlite`, so that no directory holds them all.
struct DatasetFolder: Sendable {
    let path: String

    /// Makes the folder and all of its directories durable, and clears what unfinished creations left.
    init(in path: String) throws(FileError) {
        self.path = path
        try FileSystem.makeDirectory(path)
        try FileSystem.makeDirectory(path + "/.tmp")
        for shard in Self.shards { try FileSystem.makeDirectory(path + "/" + shard) }
        try FileSystem.syncDirectory(path)
        for name in try FileSystem.names(in: path + "/.tmp") { try FileSystem.remove(path + "/.tmp/" + name) }
    }

    /// - Throws: `not_supported` for an id that is no safe name of a file; onboarding's own rule is stricter.
    func location(of tenantID: String) throws(WarehouseError) -> DatasetLocation {
        guard Self.isSafeName(tenantID) else {
            let message = "no dataset can be named so: give 1 to 100 ASCII letters, digits and underscores"
            throw WarehouseError(.notSupported, message, retry: .never)
        }
        let name = tenantID.lowercased()
        return DatasetLocation(tenantID: tenantID, directory: path + "/" + Self.shard(of: name), name: name)
    }

    /// Where the job writes the file before it gets its name.
    func draft(of jobID: String) throws(WarehouseError) -> String {
        guard Self.isSafeName(jobID) else {
            throw WarehouseError(.notSupported, "no job can be named so: \(jobID.debugDescription)", retry: .never)
        }
        return path + "/.tmp/" + jobID
    }

    /// The names of all datasets, in order.
    func names() throws(FileError) -> [String] {
        var names: [String] = []
        for shard in Self.shards {
            for name in try FileSystem.names(in: path + "/" + shard) where name.hasSuffix(DatasetLocation.suffix) {
                names.append(String(name.dropLast(DatasetLocation.suffix.count)))
            }
        }
        return names.sorted()
    }

    private static let shards = (0..<256).map { number in
        (number < 16 ? "0" : "") + String(number, radix: 16)
    }

    /// By FNV-1a, folded to a byte: it needs to spread ids and to stay the same for ever, nothing else.
    private static func shard(of name: String) -> String {
        let hash = name.utf8.reduce(UInt32(2_166_136_261)) { ($0 ^ UInt32($1)) &* 16_777_619 }
        return shards[Int(((hash >> 24) ^ (hash >> 16) ^ (hash >> 8) ^ hash) & 0xFF)]
    }

    private static func isSafeName(_ text: String) -> Bool {
        1...100 ~= text.utf8.count && text.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
                true
            default: false
            }
        }
    }
}

struct DatasetLocation: Sendable {
    /// As it was asked for.
    let tenantID: String
    let directory: String
    /// In lower case.
    let name: String

    static let suffix = ".sqlite"

    var path: String { directory + "/" + name + Self.suffix }
    /// Where SQLite keeps what it needs to undo a change that a crash cut off.
    var journal: String { path + "-journal" }
}
