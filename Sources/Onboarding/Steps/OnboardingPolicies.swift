// SPDX-License-Identifier: Apache-2.0
import Configs
import Workflow
import YAML

/// How often, how long and in what rhythm each step is tried, as `onboarding.yml` tells.
public struct OnboardingPolicies: Sendable, Equatable {
    public static let fileName = "setup/tenants/onboarding.yml"

    private let bySteps: [String: StepPolicy]
    /// Of steps that the file does not name.
    private let usual: StepPolicy

    /// The same for each step.
    public init(_ usual: StepPolicy = StepPolicy()) {
        bySteps = [:]
        self.usual = usual
    }

    /// The copy of the shipped file that is built in.
    public static func builtIn() throws(YAMLError) -> OnboardingPolicies {
        let file = "\(fileName) (built in)"
        return try OnboardingPolicies(yaml: YAMLDocument.parse(ShippedFile.onboarding, file: file), file: file)
    }

    /// - Throws: `YAMLError` with file, line and column of what can't be.
    public static func read(_ path: String) throws(YAMLError) -> OnboardingPolicies {
        try OnboardingPolicies(yaml: YAMLDocument.read(path), file: path)
    }

    public subscript(step: String) -> StepPolicy { bySteps[step] ?? usual }

    init(yaml root: YAMLNode, file: String?) throws(YAMLError) {
        let top = try StrictMapping(root, file: file, what: "the file", known: ["steps"])
        let steps = try StrictMapping(
            try top.needed("steps"), file: file, what: "`steps`", known: OnboardingWorkflow.stepNames)
        var bySteps: [String: StepPolicy] = [:]
        for name in OnboardingWorkflow.stepNames {
            if let node = steps[name] { bySteps[name] = try Self.policy(of: name, node, file: file) }
        }
        self.bySteps = bySteps
        usual = StepPolicy()
    }

    private static func policy(of step: String, _ node: YAMLNode, file: String?) throws(YAMLError) -> StepPolicy {
        let keys = try StrictMapping(
            node, file: file, what: "step \(step)",
            known: ["attempts", "backoff_seconds", "backoff_cap_seconds", "timeout_seconds", "total_seconds"],
            instead: ["timeout": "timeout_seconds", "backoff": "backoff_seconds", "retries": "attempts", "max_attempts": "attempts"])
        var policy = StepPolicy()
        if keys["attempts"] != nil { policy.attempts = try keys.integer("attempts", in: 1...1_000) }
        if keys["backoff_seconds"] != nil { policy.backoff = try keys.duration("backoff_seconds", in: .zero...longest) }
        if keys["backoff_cap_seconds"] != nil {
            policy.backoffCap = try keys.duration("backoff_cap_seconds", in: .zero...longest)
        }
        if keys["timeout_seconds"] != nil { policy.timeout = try keys.duration("timeout_seconds", in: shortest...longest) }
        if keys["total_seconds"] != nil { policy.total = try keys.duration("total_seconds", in: shortest...longest) }
        guard policy.backoff <= policy.backoffCap else {
            throw keys.error("step \(step): `backoff_seconds` is more than `backoff_cap_seconds`", node.mark)
        }
        guard policy.timeout <= policy.total else {
            throw keys.error("step \(step): `timeout_seconds` is more than `total_seconds`", node.mark)
        }
        return policy
    }

    private static let shortest = Duration.milliseconds(100)
    private static let longest = Duration.seconds(24 * 3600)
}
