// SPDX-License-Identifier: Apache-2.0
import JobQueue
import Time

extension Workflow {
    /// Takes back, once more, whatever the steps of an ended job may have made, the latest first: for what its own undo
    /// could not finish, and for what landed after it.
    /// - Precondition: nobody can put the job to work meanwhile. After the point of no return there is nothing to take back.
    /// - Returns: the changes of the domain's own tables that belong to it.
    /// - Throws: the first failure of an undo; what was taken back before it stays so.
    public func takeBack(_ job: JobRecord, _ steps: [StepRecord], until deadline: BootTime) async throws -> [Advance.Effect] {
        let records = Dictionary(uniqueKeysWithValues: steps.map { ($0.name, $0) })
        let facts = try facts(of: job, steps)
        let begun = self.steps
            .filter { $0.canUndo && records[$0.name]?.drawn != nil }
            .sorted { (records[$0.name]?.begun ?? 0) > (records[$1.name]?.begun ?? 0) }
        var effects: [Advance.Effect] = []
        for step in begun {
            guard let record = records[step.name], let drawn = record.drawn else { continue }
            effects += try await step.undo(StepAttempt(job: facts, number: record.attempt, deadline: deadline), drawn)
        }
        return effects
    }

    /// What is on record of a job: its input, and what its steps drew and answered.
    public func facts(of job: JobRecord, _ steps: [StepRecord]) throws -> JobFacts<Input> {
        let records = Dictionary(uniqueKeysWithValues: steps.map { ($0.name, $0) })
        return JobFacts(
            id: job.id, submitter: job.submitter, createdAt: job.createdAt, input: try decode(job.input),
            drawn: records.compactMapValues(\.drawn), outputs: records.compactMapValues(\.output))
    }
}
