// SPDX-License-Identifier: Apache-2.0
import Cryptography
import SQLite

/// Brings a store's schema up to this binary: forward only, each migration in a transaction of its own, each on record
/// with its checksum.
public struct Migrator: Sendable {
    public struct Applied: Sendable, Equatable {
        public let number: Int
        public let name: String
    }

    let migrations: [Migration]

    public init(_ migrations: [Migration] = Migration.all) {
        self.migrations = migrations
    }

    /// Applies what is missing and answers what was applied now.
    /// - Throws: `MigrationError` where the store was made by a newer program, or a migration on record reads otherwise here.
    public func migrate(_ connection: Connection) throws -> [Applied] {
        try connection.executeScript(Self.ledger)
        let recorded = try Dictionary(uniqueKeysWithValues: connection.all("SELECT number, checksum FROM migration") {
            ($0.int(0), $0.text(1))
        })
        if let newest = recorded.keys.max(), newest > (migrations.last?.number ?? 0) {
            throw MigrationError.newerStore(found: newest, known: migrations.last?.number ?? 0)
        }
        return try migrations.compactMap { migration in
            let checksum = SHA256.hex(Array(migration.script.utf8))
            if let known = recorded[migration.number] {
                guard known == checksum else { throw MigrationError.changed(number: migration.number, name: migration.name) }
                return nil
            }
            try apply(migration, checksum: checksum, on: connection)
            return Applied(number: migration.number, name: migration.name)
        }
    }

    private func apply(_ migration: Migration, checksum: String, on connection: Connection) throws {
        try connection.transaction {
            try connection.executeScript(migration.script)
            try connection.run(
                "INSERT INTO migration (number, name, checksum, applied_at) VALUES (?, ?, ?, unixepoch() * 1000)",
                migration.number, migration.name, checksum)
        }
    }

    private static let ledger = """
        CREATE TABLE IF NOT EXISTS migration (
            number     INTEGER PRIMARY KEY,
            name       TEXT    NOT NULL,
            checksum   TEXT    NOT NULL,
            applied_at INTEGER NOT NULL
        ) STRICT
        """
}

public enum MigrationError: Error, Sendable, Equatable, CustomStringConvertible {
    case newerStore(found: Int, known: Int)
    case changed(number: Int, name: String)

    public var description: String {
        switch self {
        case .newerStore(let found, let known):
            "the store is at migration \(found), this program knows up to \(known): start the newer program, or restore a backup that fits this one"
        case .changed(let number, let name):
            "migration \(number) (\(name)) was applied with another text than this program holds: use the program that made this store, or restore a backup"
        }
    }
}
