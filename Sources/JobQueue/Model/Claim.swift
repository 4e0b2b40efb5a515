// SPDX-License-Identifier: Apache-2.0
import Time

/// The right to work on a job: holds until its lease is over or a newer fencing token exists.
public struct Claim: Sendable, Hashable {
    public let seq: Int64
    public let id: JobID
    /// The fencing token: every outcome is written with it in its WHERE.
    public let fence: Int64
}

/// A job as it was claimed, with what is known of its steps.
public struct ClaimedJob: Sendable {
    public let claim: Claim
    public let job: JobRecord
    public let steps: [StepRecord]
}

/// How many jobs of each kind may be claimed now.
public struct Room: Sendable {
    public var byKind: [String: Int]
    public var total: Int

    public init(byKind: [String: Int], total: Int) {
        self.byKind = byKind
        self.total = total
    }
}
