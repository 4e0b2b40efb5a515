// SPDX-License-Identifier: Apache-2.0

/// How often, how long and in what rhythm a step is tried.
public struct StepPolicy: Sendable, Equatable {
    public var attempts: Int
    /// The pause before attempt n + 1 is drawn from zero to `backoff` x 2^(n-1), at most `backoffCap`.
    public var backoff: Duration
    public var backoffCap: Duration
    /// How long one attempt may take.
    public var timeout: Duration
    /// How long all attempts and pauses together may take.
    public var total: Duration
    /// The same for its undo.
    public var undoTotal: Duration

    public init(
        attempts: Int = 5, backoff: Duration = .seconds(1), backoffCap: Duration = .seconds(60),
        timeout: Duration = .seconds(30), total: Duration = .seconds(900), undoTotal: Duration = .seconds(24 * 3600)
    ) {
        self.attempts = attempts
        self.backoff = backoff
        self.backoffCap = backoffCap
        self.timeout = timeout
        self.total = total
        self.undoTotal = undoTotal
    }

    /// An undo is tried as often as its time allows, in the step's own rhythm.
    var forUndo: StepPolicy {
        StepPolicy(
            attempts: .max, backoff: backoff, backoffCap: max(backoffCap, .seconds(600)), timeout: timeout,
            total: undoTotal, undoTotal: undoTotal)
    }

    /// The pause after a failure that may pass: full jitter, so that those who failed together don't return together; what
    /// the service asked for overrules it (`Retry-After`, RFC 9110, 10.2.3).
    /// - Parameters:
    ///   - failures: how many there were, this one included.
    ///   - chance: from 0 up to 1.
    func pause(after failures: Int, asked: Duration?, chance: Double) -> Duration {
        if let asked { return asked }
        let doublings = min(max(failures - 1, 0), 30)
        let ceiling = min(backoff * (1 << doublings), backoffCap)
        return ceiling * chance
    }
}
