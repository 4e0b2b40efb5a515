// SPDX-License-Identifier: Apache-2.0
import JobQueue
import SQLite
import Time

extension TenantStore {
    /// What the store has on an id that the warehouse knows.
    enum Standing: Sendable, Equatable {
        case unknown
        /// A live tenant holds it.
        case tenant
        /// A live job works on it, or an ended one left something behind: it speaks for itself.
        case inWork
    }

    /// As of one instant, in the order of `keys`.
    func standings(of keys: [String]) async throws -> [Standing] {
        try await jobs.read { connection in try keys.map { try Self.standing(of: $0, connection) } }
    }

    /// Takes over a tenant, with the hashes of its keys, unless the store has come to know the id meanwhile.
    /// - Returns: whether it did.
    func adopt(_ tenant: Tenant, _ keys: [TenantKey]) async throws -> Bool {
        try await jobs.change { connection in
            guard try Self.standing(of: tenant.key, connection) == .unknown else { return false }
            try Self.insert(tenant, connection)
            for key in keys { try Self.insert(key, connection) }
            return true
        }
    }

    /// Tenants that no job makes any more, oldest first.
    func provisioningWithoutJob(limit: Int) async throws -> [Tenant] {
        try await jobs.read { try $0.all(Self.withoutJobSQL, limit) { try Tenant($0) } }
    }

    private static func standing(of key: String, _ connection: Connection) throws -> Standing {
        if try connection.first(holdsTenantSQL, key, as: { _ in true }) != nil { return .tenant }
        if try connection.first(isInWorkSQL, key, as: { _ in true }) != nil { return .inWork }
        if try connection.first(hasLeftoversSQL, key, as: { _ in true }) != nil { return .inWork }
        return .unknown
    }

    static let holdsTenantSQL: SQL = "SELECT 1 FROM tenant WHERE tenant_key = ? AND status <> 'DELETED'"
    static let isInWorkSQL: SQL = "SELECT 1 FROM job WHERE subject_key = ? AND exclusive = 1 AND place IS NOT NULL"
    static let hasLeftoversSQL: SQL =
        "SELECT 1 FROM job INDEXED BY job_leftovers WHERE subject_key = ? AND leftovers IS NOT NULL LIMIT 1"
    static let withoutJobSQL: SQL = """
        SELECT \(Tenant.columns) FROM tenant INDEXED BY tenant_status
        WHERE status = 'PROVISIONING' AND NOT EXISTS (
            SELECT 1 FROM job WHERE subject_key = tenant.tenant_key AND exclusive = 1 AND place IS NOT NULL)
        ORDER BY seq LIMIT ?
        """
}
