// SPDX-License-Identifier: Apache-2.0

/// What the job store refuses, and why.
public enum StoreError: Error, Sendable, Equatable {
    /// A newer fencing token exists, or the lease is gone: stop the work, record nothing.
    case staleClaim(JobID)
    /// A cancellation is on record that the caller didn't know of: think again.
    case cancelRequested(JobID)
    /// The move isn't in the table of `JobState.moves`.
    case refusedMove(JobID, from: JobState, JobState.Event)
    /// The store holds what this program cannot read.
    case unreadable(String)
    case noSuchJob(String)
    /// The point of no return has begun, or the job is at an end that can't be cancelled.
    case tooLate(JobID, JobState)
    /// Only failed jobs can be retried.
    case notFailed(JobID, JobState)
}

/// Why a new job was not taken.
public enum SubmissionRefusal: Error, Sendable, Equatable {
    /// Another live job changes the same subject.
    case subjectBusy(JobID)
    /// A former job left something behind that still holds the subject.
    case leftovers(JobID)
    /// The idempotency key was used with another body.
    case idempotencyKeyReused(JobID)
    /// As many live jobs as the queue may hold.
    case queueFull(limit: Int)
}
