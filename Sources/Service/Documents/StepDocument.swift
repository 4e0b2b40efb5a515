// SPDX-License-Identifier: Apache-2.0
import JSON
import JobQueue
import Workflow

/// A step of a job as clients see it.
struct StepDocument: Encodable {
    struct Failure: Encodable {
        let attempt: Int
        let at: String
        let code: String
        let message: String
        let retryable: Bool
        let retryAt: String?

        enum CodingKeys: String, CodingKey { case attempt, at, code, message, retryable, retryAt = "retry_at" }

        init(_ failure: FailureRecord) {
            attempt = failure.attempt
            at = failure.at.rfc3339
            code = failure.code
            message = failure.message
            retryable = failure.retryable
            retryAt = failure.retryAt?.rfc3339
        }
    }

    let name: String
    let phase: StepPhase?
    let state: StepState
    let attempt: Int
    let startedAt: String?
    let finishedAt: String?
    let durationMilliseconds: Int64?
    let dependsOn: [String]
    let output: JSONValue?
    let failures: [Failure]

    enum CodingKeys: String, CodingKey {
        case name, phase, state, attempt, output, failures
        case startedAt = "started_at", finishedAt = "finished_at", durationMilliseconds = "duration_ms", dependsOn = "depends_on"
    }

    /// All steps of a job in the order of its kind's outline; those that the outline doesn't know, behind them.
    static func all(_ snapshot: JobSnapshot, outline: WorkflowOutline?) throws -> [StepDocument] {
        let records = Dictionary(snapshot.steps.map { ($0.name, $0) }) { _, last in last }
        let failures = Dictionary(grouping: snapshot.failures, by: \.step)
        let known = outline?.steps ?? []
        let names = Set(known.map(\.name))
        let others = snapshot.steps.filter { !names.contains($0.name) }.sorted { ($0.begun ?? .max, $0.name) < ($1.begun ?? .max, $1.name) }
        return try known.map { step in
            try StepDocument(
                records[step.name] ?? StepRecord(name: step.name), phase: step.phase, dependsOn: step.dependsOn,
                failures: failures[step.name] ?? [])
        } + others.map { try StepDocument($0, phase: nil, dependsOn: [], failures: failures[$0.name] ?? []) }
    }

    private init(_ record: StepRecord, phase: StepPhase?, dependsOn: [String], failures: [FailureRecord]) throws {
        name = record.name
        self.phase = phase
        state = record.state
        attempt = record.attempt
        startedAt = record.startedAt?.rfc3339
        finishedAt = record.finishedAt?.rfc3339
        durationMilliseconds = record.durationMilliseconds
        self.dependsOn = dependsOn
        output = try record.output.map(JSONText.stored)
        self.failures = failures.map(Failure.init)
    }
}
