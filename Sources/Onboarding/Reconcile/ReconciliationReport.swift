// SPDX-License-Identifier: Apache-2.0

/// What store and warehouse do not agree on, and what was done about it.
public struct ReconciliationReport: Codable, Sendable, Equatable {
    /// Which store the warehouse belongs to.
    public struct Instance: Codable, Sendable, Equatable {
        public let store: String
        /// nil: the warehouse was never bootstrapped.
        public let warehouse: String?
        public internal(set) var adopted = false

        public var matches: Bool { store == warehouse || adopted }
    }

    /// A profile that only the warehouse has.
    public struct Profile: Codable, Sendable, Equatable {
        public let tenantID: String
        public let status: String
        public let activeKeys: Int
        public internal(set) var adopted = false
        public internal(set) var cleared = false
        /// Why it can't be adopted.
        public internal(set) var problem: String?

        enum CodingKeys: String, CodingKey {
            case tenantID = "tenant_id", status, activeKeys = "active_keys", adopted, cleared, problem
        }
    }

    public struct Dataset: Codable, Sendable, Equatable {
        public let dataset: String
        /// The job that made it; nil where the dataset has no mark of ours.
        public let jobID: String?
        public internal(set) var cleared = false
        /// Why it can't be cleared.
        public internal(set) var problem: String?

        enum CodingKeys: String, CodingKey {
            case dataset, jobID = "job_id", cleared, problem
        }
    }

    public struct TenantFinding: Codable, Sendable, Equatable {
        public let tenantID: String
        public let status: TenantStatus
        public let jobID: String?
        public internal(set) var cleared = false

        enum CodingKeys: String, CodingKey {
            case tenantID = "tenant_id", status, jobID = "job_id", cleared
        }
    }

    /// An ended job that could not undo all it had made, or of which something landed after its undo.
    public struct Leftovers: Codable, Sendable, Equatable {
        public let jobID: String
        public let tenantID: String?
        public internal(set) var cleared = false
        public internal(set) var problem: String?

        enum CodingKeys: String, CodingKey {
            case jobID = "job_id", tenantID = "tenant_id", cleared, problem
        }
    }

    public internal(set) var instance: Instance
    public internal(set) var profilesOnlyInWarehouse: [Profile] = []
    public internal(set) var datasetsWithoutTenant: [Dataset] = []
    public internal(set) var tenantsWithoutDataset: [TenantFinding] = []
    /// PROVISIONING, and no live job works on it.
    public internal(set) var provisioningWithoutJob: [TenantFinding] = []
    public internal(set) var leftovers: [Leftovers] = []

    enum CodingKeys: String, CodingKey {
        case instance, profilesOnlyInWarehouse = "profiles_only_in_warehouse", datasetsWithoutTenant = "datasets_without_tenant"
        case tenantsWithoutDataset = "tenants_without_dataset", provisioningWithoutJob = "provisioning_without_job", leftovers
    }

    /// Nothing is left for a person to do.
    public var isClean: Bool {
        instance.matches && profilesOnlyInWarehouse.allSatisfy { $0.adopted || $0.cleared }
            && datasetsWithoutTenant.allSatisfy(\.cleared) && tenantsWithoutDataset.isEmpty
            && provisioningWithoutJob.allSatisfy(\.cleared) && leftovers.allSatisfy(\.cleared)
    }
}
