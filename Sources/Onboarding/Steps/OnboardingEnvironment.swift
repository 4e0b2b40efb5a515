// SPDX-License-Identifier: Apache-2.0
import Cryptography
import Time
import Warehouse
import YAML

/// What the steps of an onboarding need, made once in the daemon's composition.
public struct OnboardingEnvironment: Sendable {
    let warehouse: any Warehouse
    let tenants: TenantStore
    let dryRun: DryRun
    /// Seals API keys.
    let key: SymmetricKey
    /// The pipeline that `verify_pipeline` runs, as it is now.
    let pipeline: @Sendable () throws(YAMLError) -> PipelineConfig
    let policies: OnboardingPolicies
    let time: TimeSource

    public init(
        warehouse: any Warehouse, tenants: TenantStore, dryRun: DryRun, key: SymmetricKey, policies: OnboardingPolicies,
        time: TimeSource
    ) {
        self.warehouse = warehouse
        self.tenants = tenants
        self.dryRun = dryRun
        self.key = key
        self.policies = policies
        self.time = time
        pipeline = dryRun.pipeline
    }
}
