// SPDX-License-Identifier: Apache-2.0
import Testing
import Warehouse

/// A step, and a call of the warehouse that it makes.
struct Moment: Sendable, CustomTestStringConvertible {
    let step: String
    let call: WarehouseCall

    init(_ step: String, _ call: WarehouseCall) {
        self.step = step
        self.call = call
    }

    var testDescription: String { "\(step): \(call)" }

    /// One call or more of each step.
    static let forward = [Moment("dryrun", .connectivity), Moment("dryrun", .traces)] + afterDryRun

    static let afterDryRun = [
        Moment("reserve_tenant", .insert(CentralSchema.profiles)),
        Moment("create_subscription", .insert(CentralSchema.subscriptions)),
        Moment("create_usage_quota", .insert(CentralSchema.usageQuotas)),
        Moment("create_dataset", .createDataset),
        Moment("create_validation_table", .createValidationTable),
        Moment("create_comprehensive_view", .createComprehensiveView),
        Moment("issue_api_key", .insert(CentralSchema.apiKeys)),
    ] + activation

    static let activation = [
        Moment("activate_tenant", .rows(CentralSchema.apiKeys)), Moment("activate_tenant", .view),
        Moment("activate_tenant", .update(CentralSchema.profiles)),
    ]

    static let verification = [Moment("verify_pipeline", .run), Moment("verify_pipeline", .append)]

    /// The calls that take things back.
    static let undo = [
        Moment("activate_tenant", .update(CentralSchema.profiles)),
        Moment("issue_api_key", .delete(CentralSchema.apiKeys)),
        Moment("create_dataset", .dropDataset),
        Moment("create_usage_quota", .delete(CentralSchema.usageQuotas)),
        Moment("create_subscription", .delete(CentralSchema.subscriptions)),
        Moment("reserve_tenant", .delete(CentralSchema.profiles)),
    ]

    /// The last thing before the activation changes anything: if it fails for good, all that was made is undone.
    static let lastCheck = WarehouseCall.rows(CentralSchema.subscriptions)
}
