// SPDX-License-Identifier: Apache-2.0
import JobQueue
import Time

extension RunProgress {
    /// Takes in what came of a step.
    mutating func take(_ finish: Finish, into move: inout NextMove<Input>, _ context: RunContext) {
        guard inHand.remove(finish.step) != nil, let step = workflow.steps.first(where: { $0.name == finish.step }) else { return }
        var record = record(finish.step)
        record.finishedAt = context.chance.now
        record.durationMilliseconds = finish.duration.wholeMilliseconds
        switch finish.outcome {
        case .done(let result):
            record.move(.done)
            record.output = result.output
            move.advance.effects += result.effects
            warnings += result.warnings
            if result.releasesSecret { move.advance.releasesSecret = true }
        case .undone(let effects):
            record.move(.undone)
            move.advance.effects += effects
            move.advance.destroysSecret = true
            if state != .rollingBack { record.resetAfterLateUndo() }
        case .failed(let error):
            return fail(&record, step, error, spent: finish.duration, into: &move, context)
        case .givenUp:
            record.giveBack(due: Due(after: .zero, from: context.time))
        }
        steps[finish.step] = record
        move.advance.steps.append(record)
    }

    /// Puts a failure on record and decides whether the step is tried again.
    mutating func fail(
        _ record: inout StepRecord, _ step: StepDefinition<Input>, _ error: StepError, spent: Duration,
        into move: inout NextMove<Input>, _ context: RunContext
    ) {
        let isUndo = record.state == .rollingBack
        let policy = isUndo ? step.policy.forUndo : step.policy
        record.failures += 1
        record.spent += spent
        record.output = error.output ?? record.output
        let due = pause(record, policy, error, context)
        if let due {
            record.due = due
            record.spent += due.delay
            record.waitReason = .retry
            if !isUndo { record.move(.failedForNow) }
        } else if isUndo {
            record.move(.undoFailedForGood)
            if state != .rollingBack { conclude(step, error, context) }
        } else {
            record.settleFailed(step.failure)
            conclude(step, error, context)
        }
        steps[step.name] = record
        move.advance.steps.append(record)
        move.advance.failures.append(
            FailureRecord(
                step: step.name, direction: isUndo ? .undo : .run, attempt: isUndo ? record.failures : record.attempt,
                at: context.chance.now, code: error.code, message: error.message, retryable: error.retry != .never,
                retryAt: due?.wall))
    }

    /// The pause before the next attempt; nil where there is none.
    private func pause(_ record: StepRecord, _ policy: StepPolicy, _ error: StepError, _ context: RunContext) -> Due? {
        let asked: Duration?
        switch error.retry {
        case .never: return nil
        case .withBackoff: asked = nil
        case .after(let duration): asked = duration
        }
        let delay = policy.pause(after: record.failures, asked: asked, chance: context.jitter())
        guard record.failures < policy.attempts, record.spent + delay <= policy.total else { return nil }
        return Due(after: delay, from: context.time)
    }

    private mutating func conclude(_ step: StepDefinition<Input>, _ error: StepError, _ context: RunContext) {
        switch step.failure {
        case .warns: warnings.append("\(step.name): \(error.message)")
        case .endsJob:
            self.error = self.error ?? JobError(
                step: step.name, code: error.code, message: error.message, retryable: error.retry != .never,
                occurredAt: context.chance.now.rfc3339)
        }
    }
}

extension StepRecord {
    fileprivate mutating func settleFailed<Input>(_ failure: StepDefinition<Input>.Failure) {
        if state == .pending { state = .running }
        switch failure {
        case .endsJob: move(.failedForGood)
        case .warns: move(.failedWithoutBlocking)
        }
    }

    /// Given up at a stop: it will begin again, and this attempt counts for nothing. An undo waits for nothing but that.
    fileprivate mutating func giveBack(due now: Due) {
        finishedAt = nil
        durationMilliseconds = nil
        guard state == .running else {
            due = now
            return
        }
        move(.handedBack)
        attempt -= 1
    }

    /// A failed undo that a retried job finished first: the step is as if it had never begun.
    fileprivate mutating func resetAfterLateUndo() {
        let attempts = attempt
        self = StepRecord(name: name)
        attempt = attempts
    }
}
