// SPDX-License-Identifier: Apache-2.0

/// The fields of an onboarding request. A dry-run takes the first four.
enum RequestField: String, CaseIterable, Sendable {
    case tenantID = "tenant_id"
    case companyName = "company_name"
    case adminEmail = "admin_email"
    case subscriptionPlan = "subscription_plan"
    case priority
    case runAt = "run_at"
    case forceRecreateDataset = "force_recreate_dataset"
    case forceRecreateTables = "force_recreate_tables"
    case confirmDataset = "confirm_dataset"

    /// Names that clients of the seed system and of its documents use for the same thing.
    static let formerNames: [String: RequestField] = [
        "plan_name": .subscriptionPlan, "plan": .subscriptionPlan, "tenant": .tenantID, "id": .tenantID,
        "company": .companyName, "name": .companyName, "email": .adminEmail,
    ]
}
