// SPDX-License-Identifier: Apache-2.0
import Cryptography
import FoundationEssentials
import JobQueue
import SQLite
import Time

/// One step of a workflow. A step done twice with the same drawn values ends in the same state.
public protocol Step: Sendable {
    associatedtype Input: Sendable
    /// What may not be drawn twice: ids, times, keys.
    associatedtype Drawn: Codable & Sendable

    var name: String { get }

    /// Draws the values; it sends nothing. They are durable before `run` is called.
    func draw(_ job: JobFacts<Input>, _ chance: Chance) throws -> Draw<Drawn>

    /// Does it.
    /// - Throws: `StepError`; anything else counts as a failure that may pass.
    func run(_ attempt: StepAttempt<Input>, _ drawn: Drawn) async throws -> StepResult

    /// Takes it back; it accepts that nothing of it may have happened, and ends by reading back that nothing is there.
    func undo(_ attempt: StepAttempt<Input>, _ drawn: Drawn) async throws -> [Advance.Effect]
}

/// A step that leaves nothing behind has nothing to take back.
public protocol StepWithoutTrace: Step {}

extension StepWithoutTrace {
    public func undo(_ attempt: StepAttempt<Input>, _ drawn: Drawn) async throws -> [Advance.Effect] { [] }
}

extension Step where Drawn == Nothing {
    public func draw(_ job: JobFacts<Input>, _ chance: Chance) throws -> Draw<Nothing> { Draw(Nothing()) }
}

/// Nothing needs to be drawn.
public struct Nothing: Codable, Sendable {
    public init() {}
}

/// Time and chance, handed in.
public struct Chance: Sendable {
    public let now: WallTime
    public let random: RandomSource
}

/// What a step drew.
public struct Draw<Drawn: Sendable>: Sendable {
    public let values: Drawn
    /// A secret for the submitter, sealed: kept apart from the values, shown once, then destroyed.
    public let secret: [UInt8]?

    public init(_ values: Drawn, secret: [UInt8]? = nil) {
        self.values = values
        self.secret = secret
    }
}

/// The job that a step belongs to.
public struct JobFacts<Input: Sendable>: Sendable {
    public let id: JobID
    public let submitter: String
    public let createdAt: WallTime
    public let input: Input
    /// What the job's other steps drew and answered so far, as JSON texts.
    public let drawn: [String: String]
    public let outputs: [String: String]

    /// What another step of this job drew.
    public func drawn<Drawn: Decodable>(by step: String, as type: Drawn.Type = Drawn.self) throws -> Drawn {
        try Self.decode(drawn[step], of: step)
    }

    /// What another step of this job answered.
    public func output<Output: Decodable>(of step: String, as type: Output.Type = Output.self) throws -> Output {
        try Self.decode(outputs[step], of: step)
    }

    private static func decode<Value: Decodable>(_ text: String?, of step: String) throws -> Value {
        guard let text else {
            throw StepError(code: "missing_step", message: "step \(step) has not run in this job", retry: .never)
        }
        return try JSONDecoder().decode(Value.self, from: Data(text.utf8))
    }
}

/// One attempt of a step.
public struct StepAttempt<Input: Sendable>: Sendable {
    public let job: JobFacts<Input>
    public let number: Int
    /// What this attempt does must be sent before then: it lies inside the lease.
    public let deadline: BootTime
}

/// What a step that went well answers.
public struct StepResult: Sendable {
    public var output: String?
    /// Changes of the domain's own tables, in the transaction that records this outcome.
    public var effects: [Advance.Effect]
    public var warnings: [String]
    /// The job's secret may be shown from here on.
    public var releasesSecret: Bool

    /// Without an output.
    public init(effects: [Advance.Effect] = [], warnings: [String] = [], releasesSecret: Bool = false) {
        output = nil
        self.effects = effects
        self.warnings = warnings
        self.releasesSecret = releasesSecret
    }

    public init(
        output: some Encodable, effects: [Advance.Effect] = [], warnings: [String] = [], releasesSecret: Bool = false
    ) throws {
        self.init(effects: effects, warnings: warnings, releasesSecret: releasesSecret)
        self.output = try jsonText(output)
    }
}

/// `value` as JSON text with sorted keys: the same value is always the same text.
public func jsonText(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self)
}
