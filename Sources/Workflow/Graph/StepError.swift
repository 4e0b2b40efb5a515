// SPDX-License-Identifier: Apache-2.0
import FoundationEssentials

/// Why a step's attempt failed, and what may help.
public struct StepError: Error, Sendable {
    public enum Retry: Sendable, Equatable {
        case never
        case withBackoff
        /// The service said when.
        case after(Duration)
    }

    /// For programs: lower case, words joined by `_`.
    public let code: String
    /// For people: what failed, on what, and what to do.
    public let message: String
    public let retry: Retry
    /// The service itself failed, not this one request: it counts for its breaker.
    public let isOutage: Bool
    /// What the step found out nevertheless (JSON), kept as its output.
    public let output: String?

    public init(code: String, message: String, retry: Retry, isOutage: Bool = false, output: String? = nil) {
        self.code = code
        self.message = message
        self.retry = retry
        self.isOutage = isOutage
        self.output = output
    }

    /// What an error means that no step has classed: it may pass, and is tried within the policy's bounds.
    static func unclassed(_ error: any Error) -> StepError {
        StepError(code: "unexpected", message: "\(error)", retry: .withBackoff)
    }

    static func timedOut(after duration: Duration) -> StepError {
        StepError(
            code: "timeout", message: "no answer within \(duration); whether it was done is asked first at the next attempt",
            retry: .withBackoff, isOutage: true)
    }

    static let interrupted = StepError(
        code: "interrupted_too_often",
        message: "the daemon stopped too often while this step ran: look for a crash in its log, then retry the job",
        retry: .never)
}
