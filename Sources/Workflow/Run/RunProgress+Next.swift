// SPDX-License-Identifier: Apache-2.0
import JobQueue
import Time

/// What a worker puts on record next, begins after that, and when it looks again by itself.
struct NextMove<Input: Sendable>: Sendable {
    var advance: Advance
    var starts: [RunProgress<Input>.Start] = []
    var wakeAt: BootTime?
    /// There is something to write.
    var isChange = false
}

/// The world as a decision sees it.
struct RunContext: Sendable {
    let time: TimeSource
    let chance: Chance
    /// How long the job's lease holds: what a step sends, it sends before that is over.
    let lease: Duration
    /// From 0 up to 1, for the pauses.
    let jitter: @Sendable () -> Double
    /// nil where a call to the service may go now; else when to ask again.
    let admit: @Sendable (String) -> BootTime?
}

extension RunProgress {
    /// Takes in what finished, and decides what follows.
    mutating func next(after finishes: [Finish], _ context: RunContext) throws -> NextMove<Input> {
        var move = NextMove<Input>(
            advance: Advance(done: done, total: workflow.steps.count, maxAttempts: workflow.maxAttempts, knownCancel: cancelKnown))
        for finish in finishes { take(finish, into: &move, context) }
        if state == .rollingBack {
            try rollBack(&move, context)
        } else if cancelKnown || hasFailed {
            if inHand.isEmpty { try turnBack(&move, context) }
        } else {
            try goForward(&move, context)
        }
        move.advance.done = done
        if error != nil { move.advance.error = try jsonText(error) }
        if !warnings.isEmpty { move.advance.warnings = try jsonText(warnings) }
        move.isChange = !finishes.isEmpty || !move.starts.isEmpty || move.advance.fate != .held || !move.advance.moves.isEmpty
        return move
    }

    // MARK: Forward

    private mutating func goForward(_ move: inout NextMove<Input>, _ context: RunContext) throws {
        if let unfinished = unfinishedUndo {
            if inHand.isEmpty { undo(unfinished, &move, context) }
            if case .waits = move.advance.fate { move.advance.moves.append(.failedForNow) }
            if hasFailed, inHand.isEmpty { try turnBack(&move, context) }
            return
        }
        if isDraining, workflow.steps.filter(isStartable).contains(where: { pauseLeft(of: $0, context) == nil }) {
            return handBackWhenIdle(&move)
        }
        var waits: [(due: Due, reason: WaitReason, step: String)] = []
        // In their order, each after those that it depends on: one that fails to begin, and only warns, lets them begin.
        for step in workflow.steps where isStartable(step) {
            if let wait = wait(of: step, context) {
                waits.append((wait.due, wait.reason, step.name))
            } else {
                begin(step, &move, context)
            }
        }
        if hasFailed, inHand.isEmpty { return try turnBack(&move, context) }
        guard inHand.isEmpty else {
            move.wakeAt = waits.map(\.due.boot).min()
            return
        }
        if let first = waits.min(by: { $0.due.boot < $1.due.boot }) {
            move.advance.moves.append(.failedForNow)
            move.advance.fate = .waits(until: first.due, reason: first.reason, detail: first.step)
            return
        }
        move.advance.moves.append(.finished)
        move.advance.fate = .ended
        move.advance.result = try workflow.result(facts, warnings)
        state = .succeeded
    }

    private func isStartable(_ step: StepDefinition<Input>) -> Bool {
        guard !inHand.contains(step.name) else { return false }
        switch record(step.name).state {
        case .pending, .running, .retrying: return step.dependsOn.allSatisfy { record($0).state.letsDependentsBegin }
        default: return false
        }
    }

    /// An undo that a former run of this job could not finish: it comes first.
    private var unfinishedUndo: StepDefinition<Input>? {
        workflow.steps
            .filter { [.rollbackFailed, .rollingBack].contains(record($0.name).state) }
            .max { (record($0.name).begun ?? 0) < (record($1.name).begun ?? 0) }
    }

    /// The step's pause, where it isn't over.
    func pauseLeft(of step: StepDefinition<Input>, _ context: RunContext) -> Due? {
        record(step.name).due.flatMap { $0.boot > context.time.boot() ? $0 : nil }
    }

    /// Why a step that could begin may not yet, and until when. It asks the breaker, so ask it only to begin.
    func wait(of step: StepDefinition<Input>, _ context: RunContext) -> (due: Due, reason: WaitReason)? {
        if let due = pauseLeft(of: step, context) { return (due, .retry) }
        guard let service = step.service, let opens = context.admit(service) else { return nil }
        return (Due(after: opens - context.time.boot(), from: context.time), .breakerOpen)
    }

    private mutating func begin(_ step: StepDefinition<Input>, _ move: inout NextMove<Input>, _ context: RunContext) {
        var record = record(step.name)
        if record.state == .running { record.interruptions += 1 }
        if record.interruptions > Self.interruptionsBeforeFailure {
            return fail(&record, step, .interrupted, spent: .zero, into: &move, context)
        }
        do {
            if record.drawn == nil {
                let draw = try step.draw(facts, context.chance)
                record.drawn = draw.values
                if let secret = draw.secret { move.advance.secret = secret }
            }
        } catch {
            let why = error as? StepError ?? StepError(code: "draw_failed", message: "\(error)", retry: .never)
            return fail(&record, step, why, spent: .zero, into: &move, context)
        }
        record.move(.began)
        record.attempt += 1
        record.begun = record.begun ?? (steps.values.compactMap(\.begun).max() ?? 0) + 1
        record.startedAt = context.chance.now
        record.finishedAt = nil
        record.durationMilliseconds = nil
        record.due = nil
        record.waitReason = nil
        if step.isPointOfNoReturn { move.advance.passesPoint = true }
        start(step, .run, record, &move, context)
    }

    mutating func start(
        _ step: StepDefinition<Input>, _ direction: Direction, _ record: StepRecord, _ move: inout NextMove<Input>,
        _ context: RunContext
    ) {
        steps[step.name] = record
        inHand.insert(step.name)
        move.advance.steps.append(record)
        let attempt = StepAttempt(job: facts, number: record.attempt, deadline: context.time.boot() + min(step.policy.timeout, context.lease))
        move.starts.append(Start(step: step.name, direction: direction, attempt: attempt, drawn: record.drawn ?? "null"))
    }

    /// The daemon stops: once nothing is in hand, the job goes back.
    func handBackWhenIdle(_ move: inout NextMove<Input>) {
        guard inHand.isEmpty else { return }
        move.advance.moves.append(.handedBack)
        move.advance.fate = .handedBack
    }

    /// A step that so many daemons died on is given up: it may be what kills them.
    static var interruptionsBeforeFailure: Int { 50 }
}

extension StepRecord {
    /// - Precondition: none on input: a move that isn't in the table leaves the state, and the store's CHECKs hold.
    mutating func move(_ event: StepState.Event) {
        if let next = state.after(event) { state = next }
    }
}
