// SPDX-License-Identifier: Apache-2.0

/// What `bootstrap` found and made. Names of tables and views.
public struct BootstrapReport: Encodable, Equatable, Sendable {
    public let datasetCreated: Bool
    public let created: [String]
    public let existing: [String]

    enum CodingKeys: String, CodingKey {
        case datasetCreated = "dataset_created", created, existing
    }

    public init(datasetCreated: Bool, created: [String], existing: [String]) {
        self.datasetCreated = datasetCreated
        self.created = created
        self.existing = existing
    }
}

public enum CredentialCheck: Equatable, Sendable {
    /// Whom the service takes us for.
    case accepted(identity: String)
    case notApplicable(reason: String)
}

/// A difference between the central tables and `CentralSchema`.
public enum CentralDefect: Hashable, Sendable {
    case missingTable(String)
    case missingColumn(table: String, column: Column)
    /// `found` in the warehouse's own words.
    case differentColumn(table: String, column: Column, found: String)
}

/// What there is of a tenant.
public struct TenantTraces: Equatable, Sendable {
    /// One that is not DELETED.
    public let profile: CentralRow?
    public let dataset: DatasetStatus

    public init(profile: CentralRow?, dataset: DatasetStatus) {
        self.profile = profile
        self.dataset = dataset
    }
}
