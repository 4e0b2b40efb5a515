// SPDX-License-Identifier: Apache-2.0
import SQLite
import Warehouse

extension ComprehensiveView {
    /// What each dataset keeps. SQLite lets no stored view name another file's tables, so the names are relations that
    /// the reader makes over the central tables, with this tenant's rows only (`TenantScope`), and `onboardd_scope`, one
    /// row: `tenant_id`; `today` in UTC; `runs`, how many of the newest runs are wanted, -1 for all.
    ///
    /// All starts from these runs, found by their index, and from whole keys: what it costs is bounded by `runs`, and
    /// two subscriptions or quota rows double nothing.
    static let sql: SQL = """
        WITH
          runs AS MATERIALIZED (
            SELECT *, substr(start_time, 1, 10) AS day FROM tenant_pipeline_runs
            ORDER BY start_time DESC, pipeline_logging_id DESC
            LIMIT (SELECT runs FROM onboardd_scope)),
          stepped AS (
            SELECT
              r.*,
              count(l.step_logging_id) AS total_steps,
              count(*) FILTER (WHERE l.status = 'COMPLETED') AS steps_completed,
              count(*) FILTER (WHERE l.status = 'FAILED') AS steps_failed,
              count(*) FILTER (WHERE l.status = 'RUNNING') AS steps_running,
              coalesce(sum(l.rows_processed), 0) AS total_rows_processed,
              json_group_array(json_object(
                'step_name', l.step_name, 'error_message', l.error_message, 'failed_at', l.end_time))
                FILTER (WHERE l.status = 'FAILED') AS failed_steps_details
            FROM runs AS r
            LEFT JOIN tenant_step_logs AS l ON l.pipeline_logging_id = r.pipeline_logging_id
            GROUP BY r.pipeline_logging_id),
          checked AS (
            SELECT
              r.*,
              count(d.dq_result_id) AS total_dq_checks,
              count(*) FILTER (WHERE d.overall_status = 'PASS') AS dq_checks_passed,
              count(*) FILTER (WHERE d.overall_status = 'FAIL') AS dq_checks_failed,
              coalesce(sum(d.expectations_passed), 0) AS total_expectations_passed,
              coalesce(sum(d.expectations_failed), 0) AS total_expectations_failed,
              json_group_array(json_object(
                'table_name', d.target_table,
                'failures', CASE WHEN json_valid(d.failed_expectations) THEN json(d.failed_expectations) END,
                'checked_at', d.executed_at))
                FILTER (WHERE d.overall_status = 'FAIL') AS failed_dq_details
            FROM stepped AS r
            LEFT JOIN tenant_dq_results AS d ON d.pipeline_logging_id = r.pipeline_logging_id
            GROUP BY r.pipeline_logging_id),
          days AS (
            SELECT
              d.pipeline_id,
              d.day,
              count(*) AS total,
              count(*) FILTER (WHERE o.status = 'COMPLETED') AS successful,
              count(*) FILTER (WHERE o.status = 'FAILED') AS failed,
              count(*) FILTER (WHERE o.status = 'RUNNING') AS running,
              count(*) FILTER (WHERE o.status = 'PENDING') AS pending,
              avg(o.duration_ms) AS average_ms,
              max(o.duration_ms) AS longest_ms,
              min(o.duration_ms) AS shortest_ms,
              max(o.start_time) AS last_start
            FROM (SELECT DISTINCT pipeline_id, day FROM runs) AS d
            CROSS JOIN tenant_pipeline_runs AS o  -- in this order
              ON o.pipeline_id = d.pipeline_id AND o.start_time >= d.day AND o.start_time < d.day || 'Z'
            GROUP BY d.pipeline_id, d.day),
          quota AS (
            SELECT
              q.*,
              coalesce(q.daily_limit, s.daily_limit) AS daily,
              coalesce(q.monthly_limit, s.monthly_limit) AS monthly,
              coalesce(q.concurrent_limit, s.concurrent_limit) AS concurrent
            FROM tenant_usage_quotas AS q LEFT JOIN subscription AS s ON TRUE
            WHERE q.usage_date = (SELECT today FROM onboardd_scope)
            ORDER BY q.last_updated DESC, q.usage_id DESC LIMIT 1),
          subscription AS (
            SELECT * FROM tenant_subscriptions WHERE status IN ('ACTIVE', 'TRIAL')
            ORDER BY created_at DESC, subscription_id DESC LIMIT 1),
          profile AS (
            SELECT * FROM tenant_profiles ORDER BY created_at DESC LIMIT 1)
        SELECT
          p.tenant_id,
          p.company_name,
          p.admin_email,
          p.status AS tenant_status,
          p.created_at AS tenant_onboarding_date,
          s.plan_name,
          s.status AS subscription_status,
          s.daily_limit AS subscription_daily_limit,
          s.monthly_limit AS subscription_monthly_limit,
          s.concurrent_limit AS subscription_concurrent_limit,
          s.trial_end_date,
          s.subscription_end_date,
          q.usage_date,
          q.pipelines_run_today,
          q.pipelines_succeeded_today,
          q.pipelines_failed_today,
          q.pipelines_run_month,
          q.concurrent_pipelines_running,
          q.daily AS daily_limit,
          q.monthly AS monthly_limit,
          q.concurrent AS concurrent_limit,
          q.last_updated AS last_quota_update,
          CASE
            WHEN q.pipelines_run_today >= q.daily THEN 'DAILY_LIMIT_REACHED'
            WHEN q.pipelines_run_month >= q.monthly THEN 'MONTHLY_LIMIT_REACHED'
            WHEN q.concurrent_pipelines_running >= q.concurrent THEN 'CONCURRENT_LIMIT_REACHED'
            ELSE 'AVAILABLE'
          END AS quota_status,
          round(100.0 * q.pipelines_run_today / nullif(q.daily, 0), 2) AS daily_usage_percent,
          round(100.0 * q.pipelines_run_month / nullif(q.monthly, 0), 2) AS monthly_usage_percent,
          r.pipeline_logging_id,
          r.pipeline_id,
          r.status AS pipeline_status,
          r.trigger_type,
          r.trigger_by,
          r.user_id,
          r.start_time AS pipeline_start_time,
          r.end_time AS pipeline_end_time,
          r.duration_ms AS pipeline_duration_ms,
          coalesce(r.run_date, r.day) AS pipeline_run_date,
          r.parameters AS pipeline_parameters,
          r.error_message AS pipeline_error_message,
          r.total_steps,
          r.steps_completed,
          r.steps_failed,
          r.steps_running,
          r.total_rows_processed,
          r.failed_steps_details,
          r.total_dq_checks,
          r.dq_checks_passed,
          r.dq_checks_failed,
          r.total_expectations_passed,
          r.total_expectations_failed,
          r.failed_dq_details,
          days.total AS daily_total_runs,
          days.successful AS daily_successful_runs,
          days.failed AS daily_failed_runs,
          days.running AS daily_running_runs,
          days.pending AS daily_pending_runs,
          round(days.average_ms, 2) AS daily_avg_duration_ms,
          days.longest_ms AS daily_max_duration_ms,
          days.shortest_ms AS daily_min_duration_ms,
          days.last_start AS daily_last_run_time,
          r.status = 'FAILED' OR r.steps_failed > 0 OR r.dq_checks_failed > 0 AS has_errors,
          round(100.0 * days.successful / days.total, 2) AS daily_success_rate,
          CASE
            WHEN r.pipeline_logging_id IS NULL THEN NULL
            WHEN r.duration_ms > 2 * days.average_ms THEN 'SLOW'
            WHEN r.duration_ms < 0.5 * days.average_ms THEN 'FAST'
            ELSE 'NORMAL'
          END AS performance_status
        FROM profile AS p
        LEFT JOIN subscription AS s ON TRUE
        LEFT JOIN quota AS q ON TRUE
        LEFT JOIN checked AS r ON TRUE
        LEFT JOIN days ON days.pipeline_id = r.pipeline_id AND days.day = r.day
        ORDER BY r.start_time DESC, r.pipeline_logging_id DESC
        """
}
