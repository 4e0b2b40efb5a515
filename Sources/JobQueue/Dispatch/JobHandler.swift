// SPDX-License-Identifier: Apache-2.0

/// How the queue hands a claimed job of one kind to those who know what it means.
public protocol JobHandler: Sendable {
    var kind: String { get }

    /// What the job does first. Called inside the claim's transaction: it computes, and touches nothing outside.
    func begin(_ job: ClaimedJob) -> Beginning
}

/// The first thing that a claimed job does.
public struct Beginning: Sendable {
    /// Written in the same transaction as the claim.
    public let advance: Advance?
    /// Works on after that is durable, until the job ends, waits, or is handed back.
    public let work: @Sendable (RunControl) async -> Void

    public init(advance: Advance?, work: @escaping @Sendable (RunControl) async -> Void) {
        self.advance = advance
        self.work = work
    }
}
