// SPDX-License-Identifier: Apache-2.0
import Onboarding
import Service
import YAML

/// The YAML files beside the settings: those of `configs.directory`, or the built-in copies of the shipped ones.
public struct ConfigurationFiles: Sendable {
    let directory: String?
    /// No attempt may outlive its lease: what it sends is checked against its own deadline only.
    let lease: Duration

    public init(_ configuration: Configuration) {
        directory = configuration.configs.directory
        lease = configuration.lease.time
    }

    /// Reads what a start needs; the pipeline is read when it runs, and a bad one keeps no tenant out.
    public func check() throws { _ = (try plans(), try policies()) }

    public func plans() throws(YAMLError) -> PlanCatalog {
        guard let directory else { return try .builtIn() }
        return try .read(directory + "/" + PlanCatalog.fileName)
    }

    /// - Throws: `YAMLError`; `DaemonError.stepOutlivesLease`.
    public func policies() throws -> OnboardingPolicies {
        let policies: OnboardingPolicies = if let directory {
            try .read(directory + "/" + OnboardingPolicies.fileName)
        } else {
            try .builtIn()
        }
        for step in OnboardingWorkflow.stepNames where policies[step].timeout > lease {
            throw DaemonError.stepOutlivesLease(step: step, timeout: policies[step].timeout, lease: lease)
        }
        return policies
    }

    public func pipeline() throws(YAMLError) -> PipelineConfig {
        guard let directory else { return try .builtIn() }
        return try .read(directory + "/" + PipelineConfig.fileName)
    }
}
