// SPDX-License-Identifier: Apache-2.0

extension CentralSchema {
    public static let pipelineConfigs = CentralTable(
        "tenant_pipeline_configs", identity: ["tenant_id", "config_id"],
        columns: [
            .required("config_id", .string),
            .required("tenant_id", .string),
            .required("provider", .string),
            .required("domain", .string),
            .required("pipeline_template", .string),
            .required("schedule_cron", .string),
            .required("timezone", .string),
            .required("is_active", .bool),
            .optional("next_run_time", .timestamp),
            .optional("last_run_time", .timestamp),
            .optional("last_run_status", .string),
            .optional("parameters", .json),
            .required("priority", .integer),
            .required("created_at", .timestamp),
            .optional("updated_at", .timestamp),
        ])

    public static let scheduledRuns = CentralTable(
        "tenant_scheduled_pipeline_runs", identity: ["tenant_id", "run_id"],
        partitionedByDayOf: "scheduled_time", clusteredBy: ["tenant_id", "state", "config_id"],
        columns: [
            .required("run_id", .string),
            .required("config_id", .string),
            .required("tenant_id", .string),
            .required("pipeline_id", .string),
            .required("state", .string),
            .required("scheduled_time", .timestamp),
            .required("priority", .integer),
            .optional("parameters", .json),
            .optional("pipeline_logging_id", .string),
            .required("retry_count", .integer),
            .required("max_retries", .integer),
            .optional("completed_at", .timestamp),
            .optional("failed_at", .timestamp),
            .optional("error_message", .string),
            .required("created_at", .timestamp),
        ])

    public static let executionQueue = CentralTable(
        "tenant_pipeline_execution_queue", identity: ["tenant_id", "run_id"],
        partitionedByDayOf: "scheduled_time", clusteredBy: ["state", "priority", "tenant_id"],
        columns: [
            .required("run_id", .string),
            .required("tenant_id", .string),
            .required("pipeline_id", .string),
            .required("state", .string),
            .required("scheduled_time", .timestamp),
            .required("priority", .integer),
            .required("added_at", .timestamp),
            .optional("processing_started_at", .timestamp),
        ])

    public static let pipelineRuns = CentralTable(
        "tenant_pipeline_runs", identity: ["tenant_id", "pipeline_logging_id"],
        partitionedByDayOf: "start_time", clusteredBy: ["tenant_id", "status"],
        columns: [
            .required("pipeline_logging_id", .string),
            .required("tenant_id", .string),
            .required("pipeline_id", .string),
            .required("status", .string),
            .optional("trigger_type", .string),
            .optional("trigger_by", .string),
            .optional("user_id", .string),
            .required("start_time", .timestamp),
            .optional("end_time", .timestamp),
            .optional("duration_ms", .integer),
            .optional("run_date", .date),
            .optional("parameters", .json),
            .optional("run_metadata", .json),
            .optional("error_message", .string),
        ])

    // Steps and quality results are looked up by their run, so they are kept by it.
    public static let stepLogs = CentralTable(
        "tenant_step_logs", identity: ["tenant_id", "pipeline_logging_id", "step_logging_id"],
        partitionedByDayOf: "start_time", clusteredBy: ["tenant_id", "pipeline_logging_id"],
        columns: [
            .required("step_logging_id", .string),
            .required("tenant_id", .string),
            .required("pipeline_logging_id", .string),
            .required("step_name", .string),
            .required("step_type", .string),
            .required("step_index", .integer),
            .required("status", .string),
            .required("start_time", .timestamp),
            .optional("end_time", .timestamp),
            .optional("duration_ms", .integer),
            .optional("rows_processed", .integer),
            .optional("error_message", .string),
            .optional("user_id", .string),
            .optional("metadata", .json),
        ])

    public static let qualityResults = CentralTable(
        "tenant_dq_results", identity: ["tenant_id", "pipeline_logging_id", "dq_result_id"],
        partitionedByDayOf: "ingestion_date", clusteredBy: ["tenant_id", "overall_status"],
        columns: [
            .required("dq_result_id", .string),
            .required("pipeline_logging_id", .string),
            .required("tenant_id", .string),
            .required("target_table", .string),
            .required("dq_config_id", .string),
            .required("executed_at", .timestamp),
            .required("expectations_passed", .integer),
            .required("expectations_failed", .integer),
            .optional("failed_expectations", .json),
            .required("overall_status", .string),
            .optional("user_id", .string),
            .required("ingestion_date", .date),
        ])
}
