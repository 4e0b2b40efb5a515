// SPDX-License-Identifier: Apache-2.0
import JobQueue
import Logging
import Time

/// One worker on one claimed job: begins steps, takes in what comes of them, and puts each outcome on record together
/// with what follows from it.
struct JobRun<Input: Sendable>: Sendable {
    let claim: Claim
    let progress: RunProgress<Input>
    let engine: WorkflowEngine
    let starts: [RunProgress<Input>.Start]
    let wakeAt: BootTime?

    func work(_ control: RunControl) async {
        let (messages, mailbox) = AsyncStream.makeStream(of: RunMessage<Input>.self)
        control.listen { mailbox.yield(.notice($0)) }
        var worker = RunWorker(claim: claim, progress: progress, engine: engine, control: control, mailbox: mailbox)
        worker.launch(starts, wakeAt: wakeAt)
        for await message in messages {
            guard await worker.take(message) else { break }
        }
        worker.abandonSteps()
        mailbox.finish()
    }
}

/// The state of a worker between two messages.
private struct RunWorker<Input: Sendable> {
    private struct StepInHand {
        let name: String
        let task: Task<Void, Never>
        let deadline: Deadlines.Token
        let begun: BootTime
        let timeout: Duration
    }

    /// The pause before an outcome is written again after the store failed.
    private static var troublePause: Duration { .milliseconds(250) }

    let claim: Claim
    var progress: RunProgress<Input>
    let engine: WorkflowEngine
    let control: RunControl
    let mailbox: AsyncStream<RunMessage<Input>>.Continuation
    /// With the job, and what it is about.
    private let log: Logger
    private var inHand: [Int: StepInHand] = [:]
    private var nextToken = 0
    private var wake: Deadlines.Token?

    init(
        claim: Claim, progress: RunProgress<Input>, engine: WorkflowEngine, control: RunControl,
        mailbox: AsyncStream<RunMessage<Input>>.Continuation
    ) {
        self.claim = claim
        self.progress = progress
        self.engine = engine
        self.control = control
        self.mailbox = mailbox
        log = progress.job.subject.map { engine.log.with(.job(claim.id.text), .tenant($0)) } ?? engine.log.with(.job(claim.id.text))
    }

    /// - Returns: whether the worker still has this job.
    mutating func take(_ message: RunMessage<Input>) async -> Bool {
        switch message {
        case .finished(let token, let finish):
            guard let step = inHand.removeValue(forKey: token) else { return true }
            engine.deadlines.remove(step.deadline)
            report(finish)
            return await commit([finish])
        case .timedOut(let token):
            guard let step = inHand.removeValue(forKey: token) else { return true }
            step.task.cancel()
            let finish = finish(of: step, .failed(.timedOut(after: step.timeout)))
            report(finish)
            return await commit([finish])
        case .wake:
            wake = nil
            return await commit([])
        case .notice(.cancelRequested):
            progress.cancelKnown = true
            return await commit([])
        case .notice(.drain):
            progress.isDraining = true
            return await commit([])
        case .notice(.giveUp):
            progress.isDraining = true
            return await commit(giveUpSteps())
        case .notice(.leaseLost):
            log.warning("lease.lost", "the lease of \(claim.id) is lost: another worker has it")
            return false
        }
    }

    private mutating func giveUpSteps() -> [RunProgress<Input>.Finish] {
        defer { inHand = [:] }
        return inHand.values.map { step in
            step.task.cancel()
            engine.deadlines.remove(step.deadline)
            return finish(of: step, .givenUp)
        }
    }

    private func finish(of step: StepInHand, _ outcome: RunProgress<Input>.Finish.Outcome) -> RunProgress<Input>.Finish {
        RunProgress<Input>.Finish(step: step.name, outcome: outcome, duration: engine.time.boot() - step.begun)
    }

    /// Ends what still runs without asking for its outcome: it is not this worker's any more.
    mutating func abandonSteps() {
        for step in inHand.values {
            step.task.cancel()
            engine.deadlines.remove(step.deadline)
        }
        inHand = [:]
        if let wake { engine.deadlines.remove(wake) }
    }
}

extension RunWorker {
    /// Puts what finished, and what follows, on record; begins what is to begin.
    /// - Returns: whether the worker still has this job.
    private mutating func commit(_ finishes: [RunProgress<Input>.Finish]) async -> Bool {
        while true {
            var draft = progress
            let move: NextMove<Input>
            do {
                move = try draft.next(after: finishes, engine.context())
            } catch {
                log.error("job.unreadable", "what follows for \(claim.id) can't be told: \(error)")
                return false
            }
            do {
                if move.isChange { try await engine.store.advance(claim, move.advance) }
                progress = draft
                launch(move.starts, wakeAt: move.wakeAt)
                if move.advance.fate != .held { report(move.advance, draft) }
                return move.advance.fate == .held
            } catch StoreError.cancelRequested {
                progress.cancelKnown = true
            } catch StoreError.staleClaim {
                log.warning("claim.stale", "a newer claim of \(claim.id) exists: what this worker did is not recorded")
                return false
            } catch let error as StoreError {
                log.error("outcome.refused", "an outcome of \(claim.id) was refused: \(error)")
                return false
            } catch {
                log.error("outcome.unwritten", "an outcome of \(claim.id) can't be written yet: \(error)")
                guard !control.isOver else { return false }
                do { try await engine.time.sleep(Self.troublePause) } catch { return false }
            }
        }
    }

    mutating func launch(_ starts: [RunProgress<Input>.Start], wakeAt: BootTime?) {
        for start in starts { launch(start) }
        if let wake { engine.deadlines.remove(wake) }
        wake = wakeAt.map { at in engine.deadlines.add(at: at) { [mailbox] in mailbox.yield(.wake) } }
    }

    private mutating func launch(_ start: RunProgress<Input>.Start) {
        guard let step = progress.workflow.steps.first(where: { $0.name == start.step }) else { return }
        let token = nextToken
        nextToken += 1
        let begun = engine.time.boot()
        let task = Task(executorPreference: engine.executor) { [mailbox, time = engine.time] in
            let outcome = await step.outcome(of: start)
            let finish = RunProgress<Input>.Finish(step: start.step, outcome: outcome, duration: time.boot() - begun)
            mailbox.yield(.finished(token: token, finish))
        }
        let deadline = engine.deadlines.add(at: start.attempt.deadline) { [mailbox] in mailbox.yield(.timedOut(token: token)) }
        inHand[token] = StepInHand(
            name: start.step, task: task, deadline: deadline, begun: begun, timeout: step.policy.timeout)
    }

    /// Tells the breaker and the log what came of a step.
    private func report(_ finish: RunProgress<Input>.Finish) {
        let service = progress.workflow.steps.first { $0.name == finish.step }?.service
        switch finish.outcome {
        case .done, .undone:
            if let service { engine.breakers.succeeded(service) }
            log.debug("step.done", "\(finish.step) done in \(finish.duration)", .step(finish.step))
        case .givenUp: return
        case .failed(let error):
            // Any other failure says nothing of the service: the call may not even have been sent.
            if let service, error.isOutage { engine.breakers.failed(service) }
            log.warning(
                "step.failed", "\(finish.step): \(error.message)", .step(finish.step),
                LogField("code", error.code))
        }
    }

    private func report(_ advance: Advance, _ progress: RunProgress<Input>) {
        switch advance.fate {
        case .ended where progress.state == .succeeded:
            log.info("job.succeeded", "\(claim.id) succeeded")
        case .ended:
            log.warning(
                "job.ended", "\(claim.id) ended \(progress.state.rawValue)",
                LogField("state", progress.state.rawValue))
        case .waits(_, let reason, let step):
            log.info("job.waits", "\(claim.id) waits: \(reason.rawValue) of \(step)")
        case .held, .handedBack: return
        }
    }
}

extension StepDefinition {
    /// Runs or undoes the step; whatever it throws becomes a classed failure.
    fileprivate func outcome(of start: RunProgress<Input>.Start) async -> RunProgress<Input>.Finish.Outcome {
        do {
            switch start.direction {
            case .run: return .done(try await run(start.attempt, start.drawn))
            case .undo: return .undone(try await undo(start.attempt, start.drawn))
            }
        } catch {
            return .failed(error as? StepError ?? .unclassed(error))
        }
    }
}
