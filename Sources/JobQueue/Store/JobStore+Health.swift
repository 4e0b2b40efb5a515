// SPDX-License-Identifier: Apache-2.0
import SQLite

extension JobStore {
    /// Whether what is submitted now would be acknowledged, as of the last transaction.
    public var writerHealth: Writer.Health { writer.health }

    /// Jobs that have not ended.
    public func liveCount() async throws -> Int {
        try await read { try $0.first(Self.liveCountSQL) { $0.int(0) } ?? 0 }
    }
}
