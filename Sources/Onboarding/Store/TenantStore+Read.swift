// SPDX-License-Identifier: Apache-2.0
import JobQueue
import SQLite
import Time

/// Which tenants to list, newest first.
public struct TenantFilter: Sendable {
    public var status: TenantStatus?
    /// Those that this one's jobs made.
    public var submitter: String?
    /// Tenants before this one in the list's order: the `seq` of the last one of the page before.
    public var before: Int64?

    public init(status: TenantStatus? = nil, submitter: String? = nil, before: Int64? = nil) {
        self.status = status
        self.submitter = submitter
        self.before = before
    }
}

extension TenantStore {
    /// The tenant of this id, however its case is written; where none is live, the last one that was.
    public func tenant(_ id: String) async throws -> Tenant? {
        try await jobs.read { try Self.tenant(id, $0) }
    }

    /// The live tenant of this id.
    public func liveTenant(_ id: String) async throws -> Tenant? {
        try await jobs.read { try Self.liveTenant(id, $0) }
    }

    /// The tenants that fit, newest first, at most `limit`.
    public func tenants(_ filter: TenantFilter, limit: Int) async throws -> [Tenant] {
        try await jobs.read { connection in
            let before = filter.before ?? .max
            if let submitter = filter.submitter {
                return try connection.all(
                    Self.bySubmitterSQL, before, limit, submitter, filter.status?.rawValue) { try Tenant($0) }
            }
            if let status = filter.status {
                return try connection.all(Self.byStatusSQL, before, limit, status.rawValue) { try Tenant($0) }
            }
            return try connection.all(Self.allSQL, before, limit) { try Tenant($0) }
        }
    }

    /// The ACTIVE tenant that a key belongs to which is active and has not expired.
    /// - Parameter hash: SHA-256 of the key's text, hexadecimal.
    public func tenant(holdingKeyHash hash: String, at now: WallTime) async throws -> Tenant? {
        try await jobs.read { try $0.first(Self.byKeySQL, hash, now.milliseconds) { try Tenant($0) } }
    }

    static func tenant(_ id: String, _ connection: Connection) throws -> Tenant? {
        try connection.first(byIDSQL, TenantID.key(of: id)) { try Tenant($0) }
    }

    static func liveTenant(_ id: String, _ connection: Connection) throws -> Tenant? {
        try connection.first(liveSQL, TenantID.key(of: id)) { try Tenant($0) }
    }

    static let liveSQL: SQL = "SELECT \(Tenant.columns) FROM tenant WHERE tenant_key = ? AND status <> 'DELETED'"
    static let byIDSQL: SQL = """
        SELECT \(Tenant.columns) FROM tenant WHERE tenant_key = ? ORDER BY status = 'DELETED', seq DESC LIMIT 1
        """
    static let allSQL: SQL = "SELECT \(Tenant.columns) FROM tenant WHERE seq < ?1 ORDER BY seq DESC LIMIT ?2"
    static let byStatusSQL: SQL = """
        SELECT \(Tenant.columns) FROM tenant INDEXED BY tenant_status
        WHERE seq < ?1 AND status = ?3 ORDER BY seq DESC LIMIT ?2
        """
    static let bySubmitterSQL: SQL = """
        SELECT \(Tenant.columns) FROM tenant INDEXED BY tenant_submitter
        WHERE seq < ?1 AND submitter = ?3 AND (?4 IS NULL OR status = ?4) ORDER BY seq DESC LIMIT ?2
        """
    static let byKeySQL: SQL = """
        SELECT \(Tenant.columns) FROM tenant INDEXED BY tenant_live
        WHERE status = 'ACTIVE' AND status <> 'DELETED' AND tenant_key = (
            SELECT tenant_key FROM tenant_api_key
            WHERE hash = ?1 AND is_active = 1 AND (expires_at IS NULL OR expires_at > ?2))
        """
}

extension Tenant {
    static let columns: SQL = """
        seq, tenant_id, company_name, admin_email, status, plan, daily_limit, monthly_limit, concurrent_limit, trial_days, \
        trial_end_date, dataset, job_id, submitter, created_at, activated_at, updated_at
        """

    init(_ row: Row) throws {
        guard let stored = TenantStatus(rawValue: row.text(4)) else {
            throw StoreError.unreadable("tenant \(row.int64(0)) has the status \(row.text(4))")
        }
        self.init(
            seq: row.int64(0), tenantID: row.text(1), companyName: row.text(2), adminEmail: row.text(3), status: stored,
            plan: Plan(
                name: row.text(5), dailyLimit: row.int(6), monthlyLimit: row.int(7), concurrentLimit: row.int(8),
                trialDays: row.optionalInt(9)),
            trialEndDate: row.optionalText(10), dataset: row.text(11), jobID: row.optionalText(12),
            submitter: row.optionalText(13), createdAt: WallTime(milliseconds: row.int64(14)),
            activatedAt: row.optionalInt64(15).map(WallTime.init(milliseconds:)),
            updatedAt: WallTime(milliseconds: row.int64(16)))
    }
}
