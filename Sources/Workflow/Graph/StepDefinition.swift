// SPDX-License-Identifier: Apache-2.0
import FoundationEssentials
import JobQueue

/// What a step is for, as clients see it.
public enum StepPhase: String, Codable, Sendable {
    case dryrun, onboard, verify, notify
}

/// A step in its place in the graph.
public struct StepDefinition<Input: Sendable>: Sendable {
    /// What a step's failure means for its job.
    public enum Failure: Sendable {
        case endsJob
        /// The step becomes a warning, and the job goes on.
        case warns
    }

    public let name: String
    public let phase: StepPhase
    public let dependsOn: [String]
    public var policy: StepPolicy
    public let failure: Failure
    /// Once it has begun, the job can't be cancelled.
    public let isPointOfNoReturn: Bool
    /// A retried job runs it again even where it succeeded.
    public let runsAlwaysAgain: Bool
    /// The service whose breaker it stands behind.
    public let service: String?
    let canUndo: Bool
    let draw: @Sendable (JobFacts<Input>, Chance) throws -> (values: String, secret: [UInt8]?)
    let run: @Sendable (StepAttempt<Input>, String) async throws -> StepResult
    let undo: @Sendable (StepAttempt<Input>, String) async throws -> [Advance.Effect]

    public init<S: Step>(
        _ step: S, phase: StepPhase, after dependsOn: [String] = [], policy: StepPolicy, failure: Failure = .endsJob,
        isPointOfNoReturn: Bool = false, runsAlwaysAgain: Bool = false, service: String? = nil
    ) where S.Input == Input {
        name = step.name
        self.phase = phase
        self.dependsOn = dependsOn
        self.policy = policy
        self.failure = failure
        self.isPointOfNoReturn = isPointOfNoReturn
        self.runsAlwaysAgain = runsAlwaysAgain
        self.service = service
        canUndo = !(step is any StepWithoutTrace)
        draw = { job, chance in
            let drawn = try step.draw(job, chance)
            return (try jsonText(drawn.values), drawn.secret)
        }
        run = { attempt, drawn in try await step.run(attempt, Self.decode(drawn)) }
        undo = { attempt, drawn in try await step.undo(attempt, Self.decode(drawn)) }
    }

    private static func decode<Drawn: Decodable>(_ text: String) throws -> Drawn {
        try JSONDecoder().decode(Drawn.self, from: Data(text.utf8))
    }
}
