// SPDX-License-Identifier: Apache-2.0
import JobQueue
import SQLite

extension TenantStore {
    /// For `JobStore.submit`: refuses to make a tenant that is there.
    /// - Throws: `TenantRefusal`, inside the submission's transaction.
    public func admission(of id: TenantID) -> @Sendable (Connection) throws -> Void {
        { [self] connection in
            try refuseHeld(id.text)
            try Self.refuseExisting(id.text, exceptOf: nil, connection)
        }
    }

    /// For `JobStore.retry` of an onboarding: the same rule, but what this job itself made does not count.
    public func retryAdmission() -> @Sendable (Connection, JobRecord) throws -> Void {
        { [self] connection, job in
            guard let tenantID = job.subject else { return }
            try refuseHeld(tenantID)
            try Self.refuseExisting(tenantID, exceptOf: job.id, connection)
        }
    }

    /// While `body` runs nobody can submit or retry an onboarding of this tenant.
    func holding<T: Sendable>(_ key: String, _ body: () async throws -> T) async throws -> T? {
        guard held.withLock({ $0.insert(key).inserted }) else { return nil }
        defer { _ = held.withLock { $0.remove(key) } }
        return try await body()
    }

    private func refuseHeld(_ tenantID: String) throws(TenantRefusal) {
        guard !held.withLock({ $0.contains(TenantID.key(of: tenantID)) }) else {
            throw .beingReconciled(tenantID: tenantID)
        }
    }

    private static func refuseExisting(_ tenantID: String, exceptOf job: JobID?, _ connection: Connection) throws {
        let other = try connection.first(holderSQL, TenantID.key(of: tenantID), job?.text) { $0.text(0) }
        if let other { throw TenantRefusal.exists(tenantID: other) }
    }

    /// By the index `tenant_live`.
    static let holderSQL: SQL = """
        SELECT tenant_id FROM tenant
        WHERE tenant_key = ?1 AND status <> 'DELETED' AND (?2 IS NULL OR job_id IS NOT ?2)
        """
}
