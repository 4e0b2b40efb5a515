// SPDX-License-Identifier: Apache-2.0
import SQLite
import Time

extension JobStore {
    /// Puts what a worker did, and what follows from it, on record: all of it or nothing. It renews the lease too.
    /// - Throws: `StoreError.staleClaim` where a newer fencing token exists; `.cancelRequested` where a cancellation is on
    ///   record that the worker didn't know of; `.refusedMove`.
    public func advance(_ claim: Claim, _ advance: Advance) async throws {
        try await write { [self] transaction in try apply(advance, to: claim, &transaction) }
    }

    func apply(_ advance: Advance, to claim: Claim, _ transaction: inout StoreTransaction) throws {
        let state = try hold(claim, knownCancel: advance.knownCancel, transaction)
        for effect in advance.effects { try effect(transaction.connection) }
        for failure in advance.failures { try insert(failure, job: claim.seq, transaction) }
        for step in advance.steps { try put(step, of: claim.seq, transaction) }
        try recordSteps(of: advance, job: claim.seq, state: state, transaction)
        try keepSecret(of: advance, job: claim.seq, transaction)
        var next = state
        for move in advance.moves {
            guard let after = next.after(move) else { throw StoreError.refusedMove(claim.id, from: next, move) }
            next = after
            try transaction.record(job: claim.seq, next, done: advance.done, total: advance.total)
        }
        try update(advance, of: claim, to: next, &transaction)
        transaction.changes.jobs.append(claim.seq)
    }

    /// Renews the lease of a claim that is still good, and answers the job's state.
    private func hold(_ claim: Claim, knownCancel: Bool, _ transaction: StoreTransaction) throws -> JobState {
        let until = (time.boot() + limits.lease).milliseconds
        let held = try transaction.connection.first(Self.holdSQL, claim.seq, claim.fence, until) { row in
            (state: try JobState(stored: row.text(0)), cancel: row.int(1) == 1)
        }
        guard let held else { throw StoreError.staleClaim(claim.id) }
        guard held.cancel == knownCancel else { throw StoreError.cancelRequested(claim.id) }
        return held.state
    }

    private func update(_ advance: Advance, of claim: Claim, to state: JobState, _ transaction: inout StoreTransaction) throws {
        let place = place(for: advance.fate, in: state)
        let due = advance.fate.due
        let turn = place == .ready ? try turn(of: claim.seq, transaction.connection) : nil
        let isEnd = place == nil
        try transaction.connection.run(
            Self.updateSQL, claim.seq, claim.fence, state.rawValue, place?.rawValue, due?.boot.milliseconds,
            due?.wall.milliseconds, due?.delay.wholeMilliseconds, advance.fate.reason?.rawValue, advance.fate.detail,
            isEnd ? transaction.now.milliseconds : nil, isEnd ? runningMilliseconds : nil, advance.passesPoint,
            advance.done, advance.total, advance.result, advance.warnings, advance.error, advance.leftovers, turn,
            advance.maxAttempts)
        if let due { transaction.changes.nextDue.include(boot: due.boot) }
        if place == .ready || place == .undo { transaction.changes.someReady = true }
    }

    private func place(for fate: Advance.Fate, in state: JobState) -> JobPlace? {
        switch fate {
        case .held: .leased
        case .handedBack: state == .rollingBack ? .undo : .ready
        case .waits: .waiting
        case .ended: nil
        }
    }

    private func recordSteps(of advance: Advance, job seq: Int64, state: JobState, _ transaction: StoreTransaction) throws {
        for step in advance.steps {
            let failure = advance.failures.last { $0.step == step.name }
            try transaction.connection.run(
                Self.insertStepEventSQL, seq, transaction.now.milliseconds, state.rawValue, step.name, step.state.rawValue,
                step.attempt, advance.done, advance.total, try failure.map(EventFailure.json))
        }
    }

    func insert(_ failure: FailureRecord, job seq: Int64, _ transaction: StoreTransaction) throws {
        try transaction.connection.run(
            Self.insertFailureSQL, seq, failure.step, failure.direction.rawValue, failure.attempt, failure.at.milliseconds,
            failure.code, failure.message, failure.retryable, failure.retryAt?.milliseconds)
    }

    func put(_ step: StepRecord, of seq: Int64, _ transaction: StoreTransaction) throws {
        try transaction.connection.run(
            Self.putStepSQL, seq, step.name, step.state.rawValue, step.attempt, step.failures, step.interruptions,
            step.spent.wholeMilliseconds, step.begun, step.due?.boot.milliseconds, step.due?.wall.milliseconds, step.due?.delay.wholeMilliseconds,
            step.waitReason?.rawValue, step.startedAt?.milliseconds, step.finishedAt?.milliseconds,
            step.durationMilliseconds, step.drawn, step.output)
    }

    private static let holdSQL: SQL = """
        UPDATE job SET lease_until_boot = ?3 WHERE seq = ?1 AND fence = ?2 AND place = 'leased'
        RETURNING state, cancel_requested
        """
    private static let updateSQL: SQL = """
        UPDATE job SET state = ?3, place = ?4, due_boot = ?5, due_at = ?6, due_delay_ms = ?7, wait_reason = ?8,
            wait_detail = ?9, finished_at = ?10, finished_running_ms = ?11, point_passed = max(point_passed, ?12),
            done = ?13, total = ?14, result = coalesce(?15, result), warnings = coalesce(?16, warnings),
            error = coalesce(?17, error), leftovers = coalesce(?18, leftovers), turn = coalesce(?19, turn),
            max_attempts = ?20, version = version + 1
        WHERE seq = ?1 AND fence = ?2 AND place = 'leased'
        """
    private static let insertStepEventSQL: SQL = """
        INSERT INTO event (job_seq, at, state, step, step_state, attempt, done, total, failure)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
        """
    private static let insertFailureSQL: SQL = """
        INSERT INTO step_failure
        SELECT ?1, coalesce(max(n), 0) + 1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9 FROM step_failure WHERE job_seq = ?1
        """
    private static let putStepSQL: SQL = """
        INSERT INTO step (job_seq, name, state, attempt, failures, interruptions, spent_ms, begun, due_boot, due_at,
            due_delay_ms, wait_reason, started_at, finished_at, duration_ms, drawn, output)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)
        ON CONFLICT DO UPDATE SET state = ?3, attempt = ?4, failures = ?5, interruptions = ?6, spent_ms = ?7, begun = ?8,
            due_boot = ?9, due_at = ?10, due_delay_ms = ?11, wait_reason = ?12, started_at = ?13, finished_at = ?14,
            duration_ms = ?15, drawn = ?16, output = ?17
        """
}

extension Advance.Fate {
    var due: Due? { if case .waits(let due, _, _) = self { due } else { nil } }
    var reason: WaitReason? { if case .waits(_, let reason, _) = self { reason } else { nil } }
    var detail: String? { if case .waits(_, _, let detail) = self { detail } else { nil } }
}
