// SPDX-License-Identifier: Apache-2.0

/// Where a step of a job is in its life.
public enum StepState: String, CaseIterable, Codable, Sendable {
    case pending, running, retrying, succeeded, failed, skipped, warning
    case rollingBack = "rolling_back", rolledBack = "rolled_back", rollbackFailed = "rollback_failed"

    /// What can happen to a step.
    public enum Event: String, CaseIterable, Sendable {
        case began, done, failedForNow, failedForGood, failedWithoutBlocking, handedBack, passedOver
        case undoBegan, undone, undoFailedForGood, reset
    }

    /// What follows what. `running` may begin again: its process died, and the same values are used once more.
    public static let moves: [StepState: [Event: StepState]] = [
        .pending: [.began: .running, .passedOver: .skipped, .undoBegan: .rollingBack],
        .running: [
            .began: .running, .done: .succeeded, .failedForNow: .retrying, .failedForGood: .failed,
            .failedWithoutBlocking: .warning, .handedBack: .pending, .passedOver: .skipped, .undoBegan: .rollingBack,
        ],
        .retrying: [
            .began: .running, .failedForGood: .failed, .failedWithoutBlocking: .warning, .passedOver: .skipped,
            .undoBegan: .rollingBack,
        ],
        .succeeded: [.undoBegan: .rollingBack, .reset: .pending],
        .failed: [.undoBegan: .rollingBack, .reset: .pending],
        .skipped: [.reset: .pending],
        .warning: [.undoBegan: .rollingBack, .reset: .pending],
        .rollingBack: [.undoBegan: .rollingBack, .undone: .rolledBack, .undoFailedForGood: .rollbackFailed],
        .rolledBack: [.reset: .pending],
        .rollbackFailed: [.undoBegan: .rollingBack],
    ]

    public func after(_ event: Event) -> StepState? { Self.moves[self]?[event] }

    /// Steps that depend on this one may begin.
    public var letsDependentsBegin: Bool { self == .succeeded || self == .warning }
}
