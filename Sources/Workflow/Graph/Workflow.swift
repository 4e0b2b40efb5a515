// SPDX-License-Identifier: Apache-2.0
import JobQueue

/// A job kind as a declared graph of steps.
public struct Workflow<Input: Sendable>: Sendable {
    public let kind: String
    /// In the order in which they are shown; dependencies come first.
    public let steps: [StepDefinition<Input>]
    /// Reads the job's input as it was stored.
    let decode: @Sendable (String) throws -> Input
    /// The job's result (JSON), made from what its steps answered.
    let result: @Sendable (JobFacts<Input>, _ warnings: [String]) throws -> String

    /// - Throws: `WorkflowError` where a name stands twice or a dependency does not stand before its dependent.
    public init(
        kind: String, steps: [StepDefinition<Input>], decode: @escaping @Sendable (String) throws -> Input,
        result: @escaping @Sendable (JobFacts<Input>, _ warnings: [String]) throws -> String
    ) throws(WorkflowError) {
        var known: Set<String> = []
        for step in steps {
            for dependency in step.dependsOn where !known.contains(dependency) {
                throw WorkflowError.unknownDependency(step: step.name, dependency: dependency)
            }
            guard known.insert(step.name).inserted else { throw WorkflowError.duplicateStep(step.name) }
        }
        self.kind = kind
        self.steps = steps
        self.decode = decode
        self.result = result
    }

    /// The largest of the steps' policies: they decide, this is shown.
    public var maxAttempts: Int { steps.map(\.policy.attempts).max() ?? 1 }

    /// Steps that a retried job runs again even where they succeeded.
    public var alwaysAgain: Set<String> { Set(steps.filter(\.runsAlwaysAgain).map(\.name)) }

    /// What clients are shown of the graph.
    public var outline: WorkflowOutline {
        WorkflowOutline(
            kind: kind, steps: steps.map { WorkflowOutline.Step(name: $0.name, phase: $0.phase, dependsOn: $0.dependsOn) },
            maxAttempts: maxAttempts, alwaysAgain: alwaysAgain)
    }
}

/// A workflow as it is shown: names, phases and dependencies.
public struct WorkflowOutline: Sendable {
    public struct Step: Sendable {
        public let name: String
        public let phase: StepPhase
        public let dependsOn: [String]

        public init(name: String, phase: StepPhase, dependsOn: [String]) {
            self.name = name
            self.phase = phase
            self.dependsOn = dependsOn
        }
    }

    public let kind: String
    public let steps: [Step]
    public let maxAttempts: Int
    public let alwaysAgain: Set<String>

    public init(kind: String, steps: [Step], maxAttempts: Int, alwaysAgain: Set<String> = []) {
        self.kind = kind
        self.steps = steps
        self.maxAttempts = maxAttempts
        self.alwaysAgain = alwaysAgain
    }
}

public enum WorkflowError: Error, Sendable, Equatable {
    case duplicateStep(String)
    case unknownDependency(step: String, dependency: String)
}
