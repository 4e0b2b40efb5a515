// SPDX-License-Identifier: Apache-2.0
import SQLite
import Time

/// What a worker puts on record in one transaction: the outcomes of steps, what begins next, and what follows for the job.
public struct Advance: Sendable {
    /// What becomes of the job.
    public enum Fate: Sendable, Equatable {
        /// It stays with its worker.
        case held
        /// It goes back, and is claimable at once: the worker stops.
        case handedBack
        /// All that is left waits until then.
        case waits(until: Due, reason: WaitReason, detail: String)
        case ended
    }

    /// A change of the domain's own tables, in the same transaction.
    public typealias Effect = @Sendable (Connection) throws -> Void

    /// The moves of the job, in order; the last state is its new one. Empty: the job's state stays.
    public var moves: [JobState.Event] = []
    public var fate = Fate.held
    /// The steps that changed, whole.
    public var steps: [StepRecord] = []
    public var failures: [FailureRecord] = []
    public var effects: [Effect] = []
    /// Steps settled well so far, and in all.
    public var done: Int
    public var total: Int
    public var maxAttempts: Int
    public var passesPoint = false
    /// JSON texts; nil leaves what is on record.
    public var result: String?
    public var warnings: String?
    public var error: String?
    public var leftovers: String?
    /// A sealed secret that a step drew: kept until it is shown or expires.
    public var secret: [UInt8]?
    /// From here on the secret may be shown, its time runs, and nothing is undone any more: what the steps drew is
    /// forgotten, sealed copies of the secret in it too.
    public var releasesSecret = false
    /// The secret's step was undone: it is destroyed.
    public var destroysSecret = false
    /// What the worker knows of a cancellation: if there is one that it doesn't know of, nothing is written.
    public var knownCancel: Bool

    public init(done: Int, total: Int, maxAttempts: Int, knownCancel: Bool) {
        self.done = done
        self.total = total
        self.maxAttempts = maxAttempts
        self.knownCancel = knownCancel
    }
}
