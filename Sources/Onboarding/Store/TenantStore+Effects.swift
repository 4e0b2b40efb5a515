// SPDX-License-Identifier: Apache-2.0
import JobQueue
import SQLite
import Time

/// What the steps of an onboarding change, as effects of their outcomes. Each names the job's own row in its WHERE: it can
/// touch no other's, and done twice it changes nothing more.
extension TenantStore {
    /// The tenant's row, PROVISIONING. Where another tenant holds the id, nothing is written: the admission keeps that from
    /// happening, and `activate_tenant` reads the row back before the tenant becomes one.
    static func reserve(_ tenant: Tenant) -> Advance.Effect {
        { try insert(tenant, $0) }
    }

    static func release(_ id: TenantID, of job: JobID) -> Advance.Effect {
        { connection in
            try connection.run(
                "DELETE FROM tenant WHERE tenant_key = ?1 AND job_id = ?2 AND status = 'PROVISIONING'", id.key, job.text)
        }
    }

    static func record(_ key: TenantKey) -> Advance.Effect {
        { try insert(key, $0) }
    }

    static func forget(keyID: String, of id: TenantID) -> Advance.Effect {
        { connection in
            try connection.run("DELETE FROM tenant_api_key WHERE tenant_key = ?1 AND key_id = ?2", id.key, keyID)
        }
    }

    static func activate(_ id: TenantID, of job: JobID, at time: WallTime) -> Advance.Effect {
        { connection in
            try connection.run(
                """
                UPDATE tenant SET status = 'ACTIVE', activated_at = ?3, updated_at = ?3
                WHERE tenant_key = ?1 AND job_id = ?2 AND status = 'PROVISIONING'
                """, id.key, job.text, time.milliseconds)
        }
    }

    static func deactivate(_ id: TenantID, of job: JobID) -> Advance.Effect {
        { connection in
            try connection.run(
                """
                UPDATE tenant SET status = 'PROVISIONING', activated_at = NULL, updated_at = created_at
                WHERE tenant_key = ?1 AND job_id = ?2 AND status = 'ACTIVE'
                """, id.key, job.text)
        }
    }

    static func insert(_ tenant: Tenant, _ connection: Connection) throws {
        try connection.run(
            insertSQL, tenant.key, tenant.tenantID, tenant.companyName, tenant.adminEmail, tenant.status.rawValue,
            tenant.plan.name, tenant.plan.dailyLimit, tenant.plan.monthlyLimit, tenant.plan.concurrentLimit,
            tenant.plan.trialDays, tenant.trialEndDate, tenant.dataset, tenant.jobID, tenant.submitter,
            tenant.createdAt.milliseconds, tenant.activatedAt?.milliseconds, tenant.updatedAt.milliseconds)
    }

    static func insert(_ key: TenantKey, _ connection: Connection) throws {
        try connection.run(
            insertKeySQL, key.keyID, key.tenantKey, key.hash, key.isActive, key.createdAt.milliseconds,
            key.expiresAt?.milliseconds)
    }

    private static let insertSQL: SQL = """
        INSERT INTO tenant (tenant_key, tenant_id, company_name, admin_email, status, plan, daily_limit, monthly_limit,
            concurrent_limit, trial_days, trial_end_date, dataset, job_id, submitter, created_at, activated_at, updated_at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17) ON CONFLICT DO NOTHING
        """
    private static let insertKeySQL: SQL = """
        INSERT INTO tenant_api_key (key_id, tenant_key, hash, is_active, created_at, expires_at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO NOTHING
        """
}

/// An API key as the store knows it: by its hash only.
struct TenantKey: Sendable, Equatable {
    let keyID: String
    let tenantKey: String
    /// SHA-256, hexadecimal.
    let hash: String
    let isActive: Bool
    let createdAt: WallTime
    let expiresAt: WallTime?
}
