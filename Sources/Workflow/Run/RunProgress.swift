// SPDX-License-Identifier: Apache-2.0
import JobQueue
import Time

/// How far a claimed job is, and what follows from what happened: a value without any I/O. A copy is asked for the next
/// `Advance`; once that is on record, the copy replaces the original.
struct RunProgress<Input: Sendable>: Sendable {
    /// What the worker does at a step.
    enum Direction: Sendable { case run, undo }

    /// A step to begin once that is on record.
    struct Start: Sendable {
        let step: String
        let direction: Direction
        let attempt: StepAttempt<Input>
        let drawn: String
    }

    /// What came of a step.
    struct Finish: Sendable {
        enum Outcome: Sendable {
            case done(StepResult)
            case undone([Advance.Effect])
            case failed(StepError)
            /// The daemon stops: neither done nor failed, and no attempt is counted.
            case givenUp
        }

        let step: String
        let outcome: Outcome
        let duration: Duration
    }

    let workflow: Workflow<Input>
    let job: JobRecord
    let input: Input
    var state: JobState
    var steps: [String: StepRecord]
    var warnings: [String]
    var error: JobError?
    var cancelKnown: Bool
    var isDraining = false
    /// Steps that run in this process now.
    var inHand: Set<String> = []

    init(_ workflow: Workflow<Input>, _ claimed: ClaimedJob) throws {
        self.workflow = workflow
        job = claimed.job
        input = try workflow.decode(claimed.job.input)
        state = claimed.job.state
        steps = Dictionary(uniqueKeysWithValues: claimed.steps.map { ($0.name, $0) })
        for step in workflow.steps where steps[step.name] == nil { steps[step.name] = StepRecord(name: step.name) }
        warnings = try JobWarnings.decode(claimed.job.warnings)
        error = try JobError.decode(claimed.job.error)
        cancelKnown = claimed.job.cancelRequested
    }

    var facts: JobFacts<Input> {
        JobFacts(
            id: job.id, submitter: job.submitter, createdAt: job.createdAt, input: input,
            drawn: steps.compactMapValues(\.drawn), outputs: steps.compactMapValues(\.output))
    }

    func record(_ name: String) -> StepRecord { steps[name] ?? StepRecord(name: name) }

    /// The steps that were begun and may have left something behind, the latest first.
    var undoable: [StepDefinition<Input>] {
        workflow.steps
            .filter { $0.canUndo && record($0.name).begun != nil && record($0.name).drawn != nil }
            .filter { ![.rolledBack, .rollbackFailed].contains(record($0.name).state) }
            .sorted { (record($0.name).begun ?? 0) > (record($1.name).begun ?? 0) }
    }

    var hasFailed: Bool { error != nil || workflow.steps.contains { record($0.name).state == .failed } }

    var done: Int {
        workflow.steps.count { record($0.name).state.letsDependentsBegin }
    }
}
