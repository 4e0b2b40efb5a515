// SPDX-License-Identifier: Apache-2.0
import Cryptography
@testable import JobQueue
import Migrations
import SQLite
import TestSupport
import Time
@testable import Workflow

/// One claimed job of a workflow, decided on move by move: the test says what came of each step.
struct Play {
    let clock: TestClock
    private(set) var progress: RunProgress<String>
    private(set) var move: NextMove<String>
    /// When a call to the service may go; nil: now.
    var opens: BootTime?
    var jitter = 1.0

    /// - Parameters:
    ///   - state: of the job as it was claimed.
    ///   - steps: what is on record of them.
    init(
        _ steps: [StepDefinition<String>], state: JobState = .running, records: [StepRecord] = [], cancelRequested: Bool = false,
        opens: BootTime? = nil
    ) async throws {
        let workflow = try Workflow(kind: "test.play", steps: steps, decode: { $0 }, result: { _, _ in "{}" })
        let job = try await Self.claimedJob(records, state: state, cancelRequested: cancelRequested)
        clock = job.clock
        progress = try RunProgress(workflow, job.claimed)
        move = NextMove(advance: Advance(done: 0, total: 0, maxAttempts: 0, knownCancel: false))
        self.opens = opens
        move = try progress.next(after: [], context)
    }

    var started: [String] { move.starts.map { $0.direction == .run ? $0.step : "undo \($0.step)" } }

    func state(_ step: String) -> StepState { progress.record(step).state }

    mutating func finish(_ step: String, _ outcome: RunProgress<String>.Finish.Outcome, after duration: Duration = .zero) throws {
        move = try progress.next(after: [.init(step: step, outcome: outcome, duration: duration)], context)
    }

    mutating func done(_ steps: String...) throws {
        for step in steps { try finish(step, .done(StepResult())) }
    }

    mutating func undone(_ steps: String...) throws {
        for step in steps { try finish(step, .undone([])) }
    }

    /// A notice, or a wake: nothing finished.
    mutating func lookAgain(_ change: (inout RunProgress<String>) -> Void = { _ in }) throws {
        change(&progress)
        move = try progress.next(after: [], context)
    }

    private var context: RunContext {
        RunContext(
            time: clock.source, chance: Chance(now: clock.wall, random: .system), lease: .seconds(30),
            jitter: { [jitter] in jitter }, admit: { [opens, clock] _ in opens.flatMap { $0 > clock.boot ? $0 : nil } })
    }

    /// A job as a real store gives it out.
    private static func claimedJob(
        _ records: [StepRecord], state: JobState, cancelRequested: Bool
    ) async throws -> (claimed: ClaimedJob, clock: TestClock) {
        let folder = try TemporaryFolder(), clock = TestClock()
        let path = folder.file("jobs.sqlite")
        _ = try Migrator().migrate(Connection(path: path, mode: .create))
        let store = try await JobStore.open(path: path, bootID: "boot-1", limits: .init(), time: clock.source, random: .system)
        let job = NewJob(
            kind: "test.play", subject: "s", subjectKey: "s", isExclusive: true, submitter: "tester", input: "input", stepCount: 1)
        let receipt = try await store.submit(job)
        _ = try await store.change { connection in
            try connection.run(
                "UPDATE job SET state = ?, place = ?, cancel_requested = ? WHERE seq = ?",
                state == .rollingBack ? "rolling_back" : "queued", state == .rollingBack ? "undo" : "ready", cancelRequested,
                receipt.seq)
        }
        let claimed = try await store.claim(Room(byKind: ["test.play": 1], total: 1)) { _ in
            Beginning(advance: nil, work: { _ in })
        }
        try await store.close()
        guard let first = claimed.first?.0 else { throw StoreError.noSuchJob("test.play") }
        return (ClaimedJob(claim: first.claim, job: first.job, steps: records), clock)
    }
}

/// A step that leaves something behind.
struct PlainStep: Step {
    struct Drawn: Codable, Sendable {
        let number: Int64
    }

    typealias Input = String

    let name: String
    var secret: [UInt8]?
    var drawFails = false

    func draw(_ job: JobFacts<String>, _ chance: Chance) throws -> Draw<Drawn> {
        if drawFails { throw StepError(code: "no_draw", message: "it can't be drawn", retry: .never) }
        return Draw(Drawn(number: chance.now.milliseconds), secret: secret)
    }

    func run(_ attempt: StepAttempt<String>, _ drawn: Drawn) async throws -> StepResult { StepResult() }
    func undo(_ attempt: StepAttempt<String>, _ drawn: Drawn) async throws -> [Advance.Effect] { [] }
}

/// A step that leaves nothing.
struct TracelessStep: StepWithoutTrace {
    let name: String

    func run(_ attempt: StepAttempt<String>, _ drawn: Nothing) async throws -> StepResult { StepResult() }
}

extension StepDefinition<String> {
    static func plain(
        _ name: String, after: [String] = [], policy: StepPolicy = StepPolicy(), failure: Failure = .endsJob, point: Bool = false,
        service: String? = nil, secret: [UInt8]? = nil, drawFails: Bool = false
    ) -> StepDefinition {
        StepDefinition(
            PlainStep(name: name, secret: secret, drawFails: drawFails), phase: .onboard, after: after, policy: policy,
            failure: failure, isPointOfNoReturn: point, service: service)
    }

    static func traceless(_ name: String, after: [String] = []) -> StepDefinition {
        StepDefinition(TracelessStep(name: name), phase: .dryrun, after: after, policy: StepPolicy())
    }
}

extension RunProgress.Finish.Outcome {
    static var fails: Self { .failed(StepError(code: "broken", message: "it may pass", retry: .withBackoff)) }
    static var failsForGood: Self { .failed(StepError(code: "wrong", message: "it can't pass", retry: .never)) }
}

extension StepRecord {
    init(_ name: String, _ state: StepState, begun: Int? = nil, _ change: (inout StepRecord) -> Void = { _ in }) {
        self.init(name: name)
        self.state = state
        self.begun = begun
        if begun != nil { drawn = #"{"number":1}"# }
        change(&self)
    }
}
