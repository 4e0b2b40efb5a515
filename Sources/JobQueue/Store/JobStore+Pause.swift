// SPDX-License-Identifier: Apache-2.0
import SQLite

extension JobStore {
    /// Stops or starts forward work, durably. Undo goes on, and so does the intake.
    public func setPaused(_ paused: Bool) async throws {
        try await write { transaction in
            try transaction.connection.run("UPDATE store SET paused = ? WHERE id = 1", paused)
            transaction.changes.someReady = !paused
        }
    }

    public func isPaused() async throws -> Bool {
        try await read { try $0.first("SELECT paused FROM store WHERE id = 1") { $0.int(0) == 1 } ?? false }
    }

    /// The fingerprint of the key that seals this store's secrets, put on record at the first start.
    /// - Returns: the one on record, which may be another.
    public func bindKey(fingerprint: String) async throws -> String {
        try await write { transaction in
            try transaction.connection.run(
                "UPDATE store SET key_fingerprint = coalesce(key_fingerprint, ?) WHERE id = 1", fingerprint)
            return try transaction.connection.first("SELECT key_fingerprint FROM store WHERE id = 1") { $0.text(0) } ?? fingerprint
        }
    }

    /// The fingerprint on record, nil before the first.
    public func keyFingerprint() async throws -> String? {
        try await read { try $0.first("SELECT key_fingerprint FROM store WHERE id = 1") { $0.optionalText(0) } ?? nil }
    }
}
