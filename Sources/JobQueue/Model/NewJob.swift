// SPDX-License-Identifier: Apache-2.0
import Time

/// A job to be put into the queue.
public struct NewJob: Sendable {
    public var kind: String
    /// What the job is about, and the same folded for comparison.
    public var subject: String?
    public var subjectKey: String?
    /// It changes its subject: no other live job may.
    public var isExclusive: Bool
    public var submitter: String
    public var input: String
    /// 0-9, 9 is most urgent.
    public var priority: Int
    public var runAt: WallTime?
    public var maxAttempts: Int
    public var stepCount: Int
    public var idempotency: IdempotencyKey?

    public init(
        kind: String, subject: String?, subjectKey: String?, isExclusive: Bool, submitter: String, input: String,
        priority: Int = 5, runAt: WallTime? = nil, maxAttempts: Int = 1, stepCount: Int, idempotency: IdempotencyKey? = nil
    ) {
        self.kind = kind
        self.subject = subject
        self.subjectKey = subjectKey
        self.isExclusive = isExclusive
        self.submitter = submitter
        self.input = input
        self.priority = priority
        self.runAt = runAt
        self.maxAttempts = maxAttempts
        self.stepCount = stepCount
        self.idempotency = idempotency
    }
}

/// The client's own name for a request, so that it can be repeated safely.
public struct IdempotencyKey: Sendable {
    /// Who asks, and on which route.
    public let scope: String
    public let key: String
    /// SHA-256 of the body's bytes.
    public let bodyDigest: [UInt8]

    /// How long it is kept, by the wall clock and by the daemon's running time.
    public static let lifetime = Duration.seconds(24 * 3600)

    public init(scope: String, key: String, bodyDigest: [UInt8]) {
        self.scope = scope
        self.key = key
        self.bodyDigest = bodyDigest
    }
}

/// The answer to a submission, once it is durable.
public struct Receipt: Sendable, Equatable {
    public let seq: Int64
    public let id: JobID
    public let state: JobState
    /// The job was there already: the idempotency key was used before.
    public let isReplay: Bool
}
