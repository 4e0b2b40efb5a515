// SPDX-License-Identifier: Apache-2.0

/// Where a job is in its life.
public enum JobState: String, CaseIterable, Codable, Sendable {
    case queued, running, retrying, rollingBack = "rolling_back", succeeded, failed, cancelled

    /// What can happen to a job.
    public enum Event: String, CaseIterable, Sendable {
        case claimed, finished, failedForNow, failedForGood, leaseExpired, handedBack, timeOver
        case cancelledUntouched, cancelAsked, undone, undoneOnRequest, resumed
    }

    /// What follows what. A pair that is not here is refused and reported, never guessed.
    public static let moves: [JobState: [Event: JobState]] = [
        .queued: [.claimed: .running, .cancelledUntouched: .cancelled, .cancelAsked: .rollingBack],
        .running: [
            .finished: .succeeded, .failedForNow: .retrying, .failedForGood: .rollingBack,
            .leaseExpired: .queued, .handedBack: .queued, .cancelAsked: .rollingBack,
        ],
        .retrying: [
            .claimed: .running, .timeOver: .rollingBack, .cancelledUntouched: .cancelled, .cancelAsked: .rollingBack,
        ],
        .rollingBack: [
            .claimed: .rollingBack, .leaseExpired: .rollingBack, .handedBack: .rollingBack, .failedForNow: .rollingBack,
            .undone: .failed, .undoneOnRequest: .cancelled,
        ],
        .failed: [.resumed: .queued],
    ]

    public func after(_ event: Event) -> JobState? { Self.moves[self]?[event] }

    public var isEnded: Bool { self == .succeeded || self == .failed || self == .cancelled }

    public static let live = allCases.filter { !$0.isEnded }
}
