// SPDX-License-Identifier: Apache-2.0
import JobQueue
import Time

/// Why a job is not being worked on now, in words.
struct WaitingDocument: Encodable, Equatable {
    enum Reason: String, Encodable {
        case paused, queue, retry
        case kindLimit = "kind_limit", runAt = "run_at", breakerOpen = "breaker_open", kindNotRegistered = "kind_not_registered"
    }

    let reason: Reason
    let until: String?
    let detail: String

    /// nil for a job that is being worked on, or has ended.
    init?(_ snapshot: JobSnapshot, isRegistered: Bool) {
        let failure = snapshot.failures.last { $0.step == snapshot.job.waitDetail }
        self.init(
            snapshot.job, isPaused: snapshot.isPaused, isRegistered: isRegistered, placeInLine: snapshot.placeInLine,
            lastFailure: failure?.message)
    }

    init?(
        _ job: JobRecord, isPaused: Bool, isRegistered: Bool, placeInLine: Int? = nil, lastFailure: String? = nil
    ) {
        switch job.place {
        case nil, .leased: return nil
        case .waiting: self.init(waiting: job, lastFailure: lastFailure)
        case .ready, .undo:
            let isUndo = job.place == .undo
            if !isRegistered {
                self.init(.kindNotRegistered, "this daemon doesn't know how to work on jobs of the kind \(job.kind): the job waits until one does")
            } else if isPaused, !isUndo {
                self.init(.paused, "the queue is paused: nothing is begun until it is resumed")
            } else if let before = placeInLine, before > 0 {
                self.init(.queue, Self.place(before))
            } else if isUndo {
                self.init(.queue, "its undo begins as soon as a worker is free")
            } else if placeInLine == 0 {
                self.init(.kindLimit, "first in line: it begins as soon as there is room for a job of the kind \(job.kind)")
            } else {
                self.init(.queue, "in line behind other jobs of the kind \(job.kind)")
            }
        }
    }

    private init?(waiting job: JobRecord, lastFailure: String?) {
        guard let reason = job.waitReason, let until = job.dueAt else { return nil }
        let step = job.waitDetail.map { "step \($0)" } ?? "it"
        switch reason {
        case .runAt: self.init(.runAt, "it was submitted to begin at this time", until: until)
        case .retry:
            let cause = lastFailure.map { ": \($0)" } ?? ""
            self.init(.retry, "\(step) failed and is tried again then\(cause)", until: until)
        case .breakerOpen:
            self.init(.breakerOpen, "the service that \(step) needs keeps failing and is left alone until then", until: until)
        }
    }

    private init(_ reason: Reason, _ detail: String, until: WallTime? = nil) {
        self.reason = reason
        self.until = until?.rfc3339
        self.detail = detail
    }

    private static func place(_ before: Int) -> String {
        switch before {
        case 1: "one job of its kind is before it"
        case JobStore.countedPlaces...: "\(JobStore.countedPlaces) jobs of its kind or more are before it"
        default: "\(before) jobs of its kind are before it"
        }
    }
}
