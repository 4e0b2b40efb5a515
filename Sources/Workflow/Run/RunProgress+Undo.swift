// SPDX-License-Identifier: Apache-2.0
import JobQueue
import Time

extension RunProgress {
    /// From forward to back: nothing more begins, and what never began is passed over.
    mutating func turnBack(_ move: inout NextMove<Input>, _ context: RunContext) throws {
        move.advance.moves.append(cancelKnown ? .cancelAsked : .failedForGood)
        state = .rollingBack
        try rollBack(&move, context)
    }

    /// Undoes one step after the other, in reverse order of their start.
    mutating func rollBack(_ move: inout NextMove<Input>, _ context: RunContext) throws {
        while inHand.isEmpty, move.advance.fate == .held {
            guard let step = undoable.first else { return try end(&move) }
            undo(step, &move, context)
        }
    }

    /// Begins the undo of a step, or says until when it waits.
    mutating func undo(_ step: StepDefinition<Input>, _ move: inout NextMove<Input>, _ context: RunContext) {
        // A run that was to be tried again is not waited for.
        if record(step.name).state == .retrying { steps[step.name]?.due = nil }
        if isDraining, pauseLeft(of: step, context) == nil { return handBackWhenIdle(&move) }
        if let wait = wait(of: step, context) {
            move.advance.fate = .waits(until: wait.due, reason: wait.reason, detail: step.name)
        } else {
            beginUndo(of: step, &move, context)
        }
    }

    private mutating func beginUndo(of step: StepDefinition<Input>, _ move: inout NextMove<Input>, _ context: RunContext) {
        var record = record(step.name)
        if record.state != .rollingBack {
            record.failures = 0
            record.interruptions = 0
            record.spent = .zero
        } else if record.due == nil {
            record.interruptions += 1
        }
        record.move(.undoBegan)
        if record.interruptions > Self.interruptionsBeforeFailure {
            return fail(&record, step, .interrupted, spent: .zero, into: &move, context)
        }
        record.due = nil
        record.waitReason = nil
        record.finishedAt = nil
        start(step, .undo, record, &move, context)
    }

    /// Nothing is left to undo: the job is at its end.
    private mutating func end(_ move: inout NextMove<Input>) throws {
        for step in workflow.steps {
            var record = record(step.name)
            guard [.pending, .retrying, .running].contains(record.state) else { continue }
            record.move(.passedOver)
            record.due = nil
            record.waitReason = nil
            steps[step.name] = record
            move.advance.steps.append(record)
        }
        let left = leftovers
        if !left.isEmpty { move.advance.leftovers = try jsonText(left) }
        move.advance.moves.append(cancelKnown ? .undoneOnRequest : .undone)
        move.advance.fate = .ended
        state = cancelKnown ? .cancelled : .failed
    }

    private var leftovers: [Leftover] {
        workflow.steps.filter { record($0.name).state == .rollbackFailed }.map { step in
            Leftover(
                step: step.name, code: "undo_failed",
                message: "what \(step.name) made could not be taken back: retry the job, or run 'onboardd reconcile --fix'")
        }
    }
}
