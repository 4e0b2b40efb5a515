// SPDX-License-Identifier: Apache-2.0
import Time

public enum TenantStatus: String, Codable, Sendable, CaseIterable {
    /// Its onboarding is at work.
    case provisioning = "PROVISIONING"
    case active = "ACTIVE", suspended = "SUSPENDED", deleted = "DELETED"
}

/// A tenant as the job store holds it, which is the authority on tenants.
public struct Tenant: Sendable, Equatable {
    /// The order of tenants, and the cursor of their list. 0 for one that is not stored yet.
    public let seq: Int64
    /// As given. Not a `TenantID`: tenants of the seed system keep ids that none could be made with today.
    public let tenantID: String
    public let companyName: String
    public let adminEmail: String
    public let status: TenantStatus
    public let plan: Plan
    /// `2026-11-23`; nil where the plan is no trial.
    public let trialEndDate: String?
    public let dataset: String
    /// The job that made it; nil for one that was adopted.
    public let jobID: String?
    /// Who submitted that job; nil for one that was adopted.
    public let submitter: String?
    public let createdAt: WallTime
    public let activatedAt: WallTime?
    public let updatedAt: WallTime

    public var key: String { TenantID.key(of: tenantID) }
}

/// Why a tenant can't be made, or changed, now.
public enum TenantRefusal: Error, Sendable, Equatable {
    /// A tenant that is not DELETED has this id, perhaps in another case: its id as it was given.
    case exists(tenantID: String)
    /// A reconciliation is clearing up behind it: ask again in a moment.
    case beingReconciled(tenantID: String)
}
