// SPDX-License-Identifier: Apache-2.0
import Workflow

/// A step of an onboarding: a type in a file of its own, and a line in `OnboardingWorkflow.steps`.
protocol OnboardingStep: Step where Input == OnboardInput {
    static var name: String { get }
    init(_ environment: OnboardingEnvironment)
}

extension OnboardingStep {
    var name: String { Self.name }
}

typealias OnboardingFacts = JobFacts<OnboardInput>
typealias OnboardingAttempt = StepAttempt<OnboardInput>
