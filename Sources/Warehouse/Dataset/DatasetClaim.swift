// SPDX-License-Identifier: Apache-2.0
import Time

/// Who makes a tenant's dataset. The values are drawn once, before the first attempt, and are the same in each.
public struct DatasetClaim: Hashable, Sendable {
    /// As given; the dataset bears this name.
    public let tenantID: String
    /// The owner: a dataset is adopted, changed or dropped only by the job that made it.
    public let jobID: String
    public let createdAt: WallTime

    public init(tenantID: String, jobID: String, createdAt: WallTime) {
        self.tenantID = tenantID
        self.jobID = jobID
        self.createdAt = createdAt
    }
}

public enum DatasetCreation: String, Sendable {
    case created
    /// This job made it in an earlier attempt.
    case adopted
}

public enum DatasetStatus: Hashable, Sendable {
    /// `id` as it was asked for.
    case absent(id: String)
    /// There, with the mark of the job that made it.
    case owned(DatasetClaim)
    /// There, without a mark that we understand: `reason` says what was found instead.
    case foreign(id: String, reason: String)

    public var id: String {
        switch self {
        case .absent(let id), .foreign(let id, _): id
        case .owned(let claim): claim.tenantID
        }
    }
}

public enum Insertion: String, Sendable {
    case inserted
    case alreadyThere = "already_there"
}

/// How an undo ended. In all three nothing of the caller's own is there any more.
public enum Removal: String, Sendable {
    case removed
    case notThere = "not_there"
    /// Something of that name is there, but another made it; it was left alone.
    case anothers
}
