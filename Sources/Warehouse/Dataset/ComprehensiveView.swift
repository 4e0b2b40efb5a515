// SPDX-License-Identifier: Apache-2.0

/// The view that onboarding makes in each dataset: one row for each of the tenant's runs, newest first, or a single
/// one with NULLs where it had none. What the columns mean is the same on each warehouse; its SQL is each one's own.
public enum ComprehensiveView {
    public static let name = "tenant_comprehensive_view"

    /// All 61, in order.
    public static let columns: [Column] = tenant + subscription + quota + derived + run + steps + quality + day + flags

    private static let tenant: [Column] = [
        .optional("tenant_id", .string),
        .optional("company_name", .string),
        .optional("admin_email", .string),
        .optional("tenant_status", .string),
        .optional("tenant_onboarding_date", .timestamp),
    ]

    /// The newest ACTIVE or TRIAL one.
    private static let subscription: [Column] = [
        .optional("plan_name", .string),
        .optional("subscription_status", .string),
        .optional("subscription_daily_limit", .integer),
        .optional("subscription_monthly_limit", .integer),
        .optional("subscription_concurrent_limit", .integer),
        .optional("trial_end_date", .date),
        .optional("subscription_end_date", .date),
    ]

    /// The newest of today (UTC). Limits that it lacks come from the subscription.
    private static let quota: [Column] = [
        .optional("usage_date", .date),
        .optional("pipelines_run_today", .integer),
        .optional("pipelines_succeeded_today", .integer),
        .optional("pipelines_failed_today", .integer),
        .optional("pipelines_run_month", .integer),
        .optional("concurrent_pipelines_running", .integer),
        .optional("daily_limit", .integer),
        .optional("monthly_limit", .integer),
        .optional("concurrent_limit", .integer),
        .optional("last_quota_update", .timestamp),
    ]

    private static let derived: [Column] = [
        // DAILY_LIMIT_REACHED, MONTHLY_LIMIT_REACHED, CONCURRENT_LIMIT_REACHED, AVAILABLE, tested in that order.
        .optional("quota_status", .string),
        .optional("daily_usage_percent", .double),
        .optional("monthly_usage_percent", .double),
    ]

    private static let run: [Column] = [
        .optional("pipeline_logging_id", .string),
        .optional("pipeline_id", .string),
        .optional("pipeline_status", .string),
        .optional("trigger_type", .string),
        .optional("trigger_by", .string),
        .optional("user_id", .string),
        .optional("pipeline_start_time", .timestamp),
        .optional("pipeline_end_time", .timestamp),
        .optional("pipeline_duration_ms", .integer),
        .optional("pipeline_run_date", .date),
        .optional("pipeline_parameters", .json),
        .optional("pipeline_error_message", .string),
    ]

    private static let steps: [Column] = [
        .optional("total_steps", .integer),
        .optional("steps_completed", .integer),
        .optional("steps_failed", .integer),
        .optional("steps_running", .integer),
        .optional("total_rows_processed", .integer),
        // [{step_name, error_message, failed_at}]
        .optional("failed_steps_details", .json),
    ]

    /// Statuses as they are written: PASS and FAIL.
    private static let quality: [Column] = [
        .optional("total_dq_checks", .integer),
        .optional("dq_checks_passed", .integer),
        .optional("dq_checks_failed", .integer),
        .optional("total_expectations_passed", .integer),
        .optional("total_expectations_failed", .integer),
        // [{table_name, failures, checked_at}]
        .optional("failed_dq_details", .json),
    ]

    /// Over the runs of the same pipeline that began on the same day (UTC).
    private static let day: [Column] = [
        .optional("daily_total_runs", .integer),
        .optional("daily_successful_runs", .integer),
        .optional("daily_failed_runs", .integer),
        .optional("daily_running_runs", .integer),
        .optional("daily_pending_runs", .integer),
        .optional("daily_avg_duration_ms", .double),
        .optional("daily_max_duration_ms", .integer),
        .optional("daily_min_duration_ms", .integer),
        .optional("daily_last_run_time", .timestamp),
    ]

    private static let flags: [Column] = [
        // The run, one of its steps or one of its quality checks failed.
        .optional("has_errors", .bool),
        .optional("daily_success_rate", .double),
        // SLOW over twice the day's average, FAST under half of it, else NORMAL.
        .optional("performance_status", .string),
    ]
}
