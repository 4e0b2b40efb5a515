// SPDX-License-Identifier: Apache-2.0

/// The eleven central tables: names, columns and types are those of the seed system, so that its data can be adopted.
public enum CentralSchema {
    /// The name of the central dataset, hence no tenant's.
    public static let dataset = "tenants"
    /// All runs and their steps, of all tenants.
    public static let executionView = "tenant_pipeline_execution_view"

    public static let tables: [CentralTable] = [
        profiles, apiKeys, subscriptions, usageQuotas, cloudCredentials,
        pipelineConfigs, scheduledRuns, executionQueue, pipelineRuns, stepLogs, qualityResults,
    ]

    // A tenant that left keeps its row, DELETED, and may come back: hence the time in the identity.
    public static let profiles = CentralTable(
        "tenant_profiles", identity: ["tenant_id", "created_at"],
        live: CentralTable.LiveRule(column: "status", ended: "DELETED"),
        columns: [
            .required("tenant_id", .string),
            .required("company_name", .string),
            .required("admin_email", .string),
            .required("tenant_dataset_id", .string),
            .required("status", .string),
            .optional("subscription_plan", .string),
            .required("created_at", .timestamp),
            .optional("updated_at", .timestamp),
        ])

    public static let apiKeys = CentralTable(
        "tenant_api_keys", identity: ["tenant_id", "api_key_id"],
        columns: [
            .required("api_key_id", .string),
            .required("tenant_id", .string),
            .required("api_key_hash", .string),
            .optional("encrypted_api_key", .bytes),
            .optional("scopes", .strings),
            .required("is_active", .bool),
            .optional("expires_at", .timestamp),
            .required("created_at", .timestamp),
            .optional("last_used_at", .timestamp),
        ])

    public static let subscriptions = CentralTable(
        "tenant_subscriptions", identity: ["tenant_id", "subscription_id"],
        columns: [
            .required("subscription_id", .string),
            .required("tenant_id", .string),
            .required("plan_name", .string),
            .required("status", .string),
            .required("daily_limit", .integer),
            .required("monthly_limit", .integer),
            .required("concurrent_limit", .integer),
            .optional("max_pipelines_per_day", .integer),
            .optional("trial_end_date", .date),
            .optional("subscription_end_date", .date),
            .required("created_at", .timestamp),
            .optional("updated_at", .timestamp),
        ])

    public static let usageQuotas = CentralTable(
        "tenant_usage_quotas", identity: ["tenant_id", "usage_id"],
        partitionedByDayOf: "usage_date", clusteredBy: ["tenant_id", "usage_date"],
        columns: [
            .required("usage_id", .string),
            .required("tenant_id", .string),
            .required("usage_date", .date),
            .required("pipelines_run_today", .integer),
            .required("pipelines_succeeded_today", .integer),
            .required("pipelines_failed_today", .integer),
            .required("pipelines_run_month", .integer),
            .required("concurrent_pipelines_running", .integer),
            .required("daily_limit", .integer),
            .optional("monthly_limit", .integer),
            .optional("concurrent_limit", .integer),
            .optional("max_concurrent_reached", .integer),
            .optional("last_pipeline_completed_at", .timestamp),
            .required("last_updated", .timestamp),
            .required("created_at", .timestamp),
        ])

    public static let cloudCredentials = CentralTable(
        "tenant_cloud_credentials", identity: ["tenant_id", "credential_id"],
        columns: [
            .required("credential_id", .string),
            .required("tenant_id", .string),
            .required("provider", .string),
            .required("encrypted_credentials", .bytes),
            .optional("created_by_user_id", .string),
            .optional("updated_by_user_id", .string),
            .required("created_at", .timestamp),
            .optional("updated_at", .timestamp),
        ])
}
