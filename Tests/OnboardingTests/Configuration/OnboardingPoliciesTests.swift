// SPDX-License-Identifier: Apache-2.0
import Testing
import Workflow
import YAML

@testable import Onboarding

@Suite("onboarding.yml")
struct OnboardingPoliciesTests {
    private static let promised = StepPolicy(
        attempts: 5, backoff: .seconds(1), backoffCap: .seconds(60), timeout: .seconds(30), total: .seconds(15 * 60))

    @Test("as it is shipped, and built in, gives each step what the contract promises", arguments: OnboardingWorkflow.stepNames)
    func shipped(step: String) throws {
        #expect(try OnboardingPolicies.read(ShippedFiles.path(OnboardingPolicies.fileName))[step] == Self.promised)
        #expect(try OnboardingPolicies.builtIn()[step] == Self.promised)
    }

    @Test("as it is shipped names every step, with every key")
    func complete() throws {
        let steps = try #require(try YAMLDocument.read(ShippedFiles.path(OnboardingPolicies.fileName))["steps"]?.mapping)
        #expect(steps.map(\.key.scalar?.text) == OnboardingWorkflow.stepNames)
        #expect(steps.allSatisfy { $0.value.mapping?.count == 5 })
    }

    @Test("may leave out steps and keys, which keep their values")
    func partial() throws {
        let text = "steps:\n  create_dataset: {attempts: 9, timeout_seconds: 0.5}"
        let policies = try OnboardingPolicies(yaml: YAMLDocument.parse(text), file: nil)
        #expect(policies["create_dataset"] == StepPolicy(attempts: 9, timeout: .milliseconds(500)))
        #expect(policies["reserve_tenant"] == Self.promised)
    }

    static let wrong = [
        MarkedText("»steps", "is a mapping"),
        MarkedText("»{}", "`steps` is missing"),
        MarkedText("»step:\n  dryrun: {}", "no key `step`", "write `steps`"),
        MarkedText("»pipeline_id: onboarding", "no key `pipeline_id`", "known are steps"),
        MarkedText("steps: »[dryrun]", "`steps` is a mapping"),
        MarkedText("steps:\n  »create_datset: {}", "write `create_dataset`"),
        MarkedText("steps:\n  »send_welcome_email: {}", "no key `send_welcome_email`", "known are dryrun, reserve_tenant"),
        MarkedText("steps:\n  dryrun: »5", "step dryrun is a mapping"),
        MarkedText("steps:\n  dryrun: {»max_attempts: 5}", "write `attempts`"),
        MarkedText("steps:\n  dryrun: {»retries: 5}", "write `attempts`"),
        MarkedText("steps:\n  dryrun: {»timeout: 5}", "write `timeout_seconds`"),
        MarkedText("steps:\n  dryrun: {»backoff: 5}", "write `backoff_seconds`"),
        MarkedText("steps:\n  dryrun: {»enabled: false}", "no key `enabled`", "known are attempts"),
        MarkedText("steps:\n  dryrun: {attempts: »0}", "`attempts` is an integer from 1 to 1000"),
        MarkedText("steps:\n  dryrun: {attempts: »1001}", "`attempts` is an integer from 1 to 1000"),
        MarkedText("steps:\n  dryrun: {backoff_seconds: »-1}", "`backoff_seconds` is a number of seconds"),
        MarkedText("steps:\n  dryrun: {backoff_cap_seconds: »1m}", "`backoff_cap_seconds` is a number of seconds"),
        MarkedText("steps:\n  dryrun: {timeout_seconds: »0}", "`timeout_seconds` is a number of seconds"),
        MarkedText("steps:\n  dryrun: {timeout_seconds: ».inf}", "`timeout_seconds` is a number of seconds"),
        MarkedText("steps:\n  dryrun: {total_seconds: »86401}", "`total_seconds` is a number of seconds"),
        MarkedText("steps:\n  dryrun: »{backoff_seconds: 61}", "`backoff_seconds` is more than `backoff_cap_seconds`"),
        MarkedText("steps:\n  dryrun: »{total_seconds: 29}", "`timeout_seconds` is more than `total_seconds`"),
    ]

    @Test("is refused with file, line, column and the fix", arguments: wrong)
    func refused(text: MarkedText) {
        text.expectRefusal { root, file throws(YAMLError) in try OnboardingPolicies(yaml: root, file: file) }
    }
}
