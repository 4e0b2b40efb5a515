// SPDX-License-Identifier: Apache-2.0
import JSON
import JobQueue
import Time
import Workflow

/// A job as clients see it.
struct JobDocument: Encodable {
    struct Progress: Encodable {
        let done: Int
        let total: Int
    }

    let jobID: String
    let kind: String
    let tenantID: String?
    let state: JobState
    let attempt: Int
    let maxAttempts: Int
    let priority: Int
    let createdAt: String
    let runAt: String?
    let startedAt: String?
    let finishedAt: String?
    let cancelRequested: Bool
    let waiting: WaitingDocument?
    let progress: Progress
    /// Absent in lists.
    let steps: [StepDocument]?
    let result: JSONValue?
    let warnings: JSONValue
    let leftovers: JSONValue
    let error: JSONValue?
    let links: [String: String]

    enum CodingKeys: String, CodingKey {
        case kind, state, attempt, priority, waiting, progress, steps, result, warnings, leftovers, error, links
        case jobID = "job_id", tenantID = "tenant_id", maxAttempts = "max_attempts", createdAt = "created_at"
        case runAt = "run_at", startedAt = "started_at", finishedAt = "finished_at", cancelRequested = "cancel_requested"
    }
}

extension JobDocument {
    /// A job with its steps.
    init(_ snapshot: JobSnapshot, outline: WorkflowOutline?) throws {
        try self.init(
            snapshot.job, waiting: WaitingDocument(snapshot, isRegistered: outline != nil),
            steps: StepDocument.all(snapshot, outline: outline))
    }

    /// A job as an item of a list.
    init(_ job: JobRecord, isPaused: Bool, isRegistered: Bool) throws {
        try self.init(job, waiting: WaitingDocument(job, isPaused: isPaused, isRegistered: isRegistered), steps: nil)
    }

    private init(_ job: JobRecord, waiting: WaitingDocument?, steps: [StepDocument]?) throws {
        jobID = job.id.text
        kind = job.kind
        tenantID = job.subject
        state = job.state
        attempt = job.attempt
        maxAttempts = job.maxAttempts
        priority = job.priority
        createdAt = job.createdAt.rfc3339
        runAt = job.runAt?.rfc3339
        startedAt = job.startedAt?.rfc3339
        finishedAt = job.finishedAt?.rfc3339
        cancelRequested = job.cancelRequested
        self.waiting = waiting
        progress = Progress(done: job.done, total: job.total)
        self.steps = steps
        result = try job.result.map(JSONText.stored)
        warnings = try job.warnings.map(JSONText.stored) ?? .array([])
        leftovers = try job.leftovers.map(JSONText.stored) ?? .array([])
        error = try job.error.map(JSONText.stored)
        links = Self.links(of: job)
    }

    /// What can be done with the job as it is now.
    private static func links(of job: JobRecord) -> [String: String] {
        let own = Links.job(job.id)
        var links = ["self": own]
        let isUndoing = job.state == .rollingBack && !job.cancelRequested
        if !job.state.isEnded, !job.pointPassed, !isUndoing { links["cancel"] = own + "/cancel" }
        if job.state == .failed { links["retry"] = own + "/retry" }
        if job.pointPassed, JobKinds.makesKey(job.kind) { links["api_key"] = own + "/api-key" }
        if job.pointPassed, let tenantID = job.subject { links["tenant"] = Links.tenant(tenantID) }
        return links
    }
}
