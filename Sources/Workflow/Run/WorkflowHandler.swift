// SPDX-License-Identifier: Apache-2.0
import Cryptography
import JobQueue
import Logging
import Time

/// What the workers of all workflows share.
public struct WorkflowEngine: Sendable {
    let store: JobStore
    let breakers: BreakerBoard
    let deadlines: Deadlines
    let executor: any TaskExecutor
    let time: TimeSource
    let random: RandomSource
    let log: Logger

    public init(
        store: JobStore, breakers: BreakerBoard, executor: any TaskExecutor, time: TimeSource, random: RandomSource, log: Logger
    ) throws {
        self.store = store
        self.executor = executor
        self.breakers = breakers
        deadlines = try Deadlines(time: time)
        self.time = time
        self.random = random
        self.log = log
    }

    /// Time and chance as of now, for one decision.
    func context() -> RunContext {
        RunContext(
            time: time, chance: Chance(now: time.wall(), random: random), lease: store.limits.lease,
            jitter: { [random] in Double(random.bytes(4).reduce(0) { $0 << 8 | UInt64($1) }) / 4_294_967_296 },
            admit: { [breakers] in breakers.admit($0) })
    }
}

/// Gives the queue a workflow as the handler of its kind.
public struct WorkflowHandler<Input: Sendable>: JobHandler {
    public let workflow: Workflow<Input>
    public let engine: WorkflowEngine

    public init(_ workflow: Workflow<Input>, engine: WorkflowEngine) {
        self.workflow = workflow
        self.engine = engine
    }

    public var kind: String { workflow.kind }

    public func begin(_ job: ClaimedJob) -> Beginning {
        do {
            var progress = try RunProgress(workflow, job)
            let move = try progress.next(after: [], engine.context())
            let run = JobRun(claim: job.claim, progress: progress, engine: engine, starts: move.starts, wakeAt: move.wakeAt)
            let ended = move.advance.fate != .held
            return Beginning(advance: move.advance) { control in
                if !ended { await run.work(control) }
            }
        } catch {
            engine.log.error("job.unreadable", "job \(job.claim.id) can't be worked on: \(error)")
            return Beginning(advance: unreadable(job, error), work: { _ in })
        }
    }

    /// A job that can't be read ends at once, so that it never holds up the others. What its steps may have made is left
    /// behind, and on record.
    private func unreadable(_ job: ClaimedJob, _ error: any Error) -> Advance {
        var advance = Advance(
            done: job.job.done, total: job.job.total, maxAttempts: job.job.maxAttempts, knownCancel: job.job.cancelRequested)
        advance.moves = job.job.state == .rollingBack ? [.undone] : [.failedForGood, .undone]
        advance.fate = .ended
        advance.error = """
            {"code":"unreadable","message":"the stored job can't be read by this program","occurred_at":\
            "\(engine.time.wall().rfc3339)","retryable":false,"step":""}
            """
        let begun = job.steps.filter { $0.begun != nil && $0.state != .rolledBack }.map { step in
            #"{"code":"unreadable","message":"what it may have made was not taken back","step":"\#(step.name)"}"#
        }
        if !begun.isEmpty { advance.leftovers = "[\(begun.joined(separator: ","))]" }
        return advance
    }
}
