// SPDX-License-Identifier: Apache-2.0
import Time
import Warehouse

let noon = WallTime(milliseconds: 1_795_521_600_123)

func claim(_ tenantID: String = "acme_corp", job: String = "job_1") -> DatasetClaim {
    DatasetClaim(tenantID: tenantID, jobID: job, createdAt: noon)
}

func profile(
    _ tenantID: String = "acme_corp", company: String = "Acme Corporation", status: String = "PROVISIONING",
    at time: WallTime = noon
) throws -> CentralRow {
    try CentralRow(CentralSchema.profiles, [
        "tenant_id": .string(tenantID), "company_name": .string(company), "admin_email": .string("admin@acme.com"),
        "tenant_dataset_id": .string(tenantID), "status": .string(status), "subscription_plan": .string("PROFESSIONAL"),
        "created_at": .timestamp(time),
    ])
}

func subscription(
    _ tenantID: String = "acme_corp", id: String = "s1", plan: String = "PROFESSIONAL", at time: WallTime = noon
) throws -> CentralRow {
    try CentralRow(CentralSchema.subscriptions, [
        "tenant_id": .string(tenantID), "subscription_id": .string(id), "plan_name": .string(plan),
        "status": .string("ACTIVE"), "daily_limit": .integer(25), "monthly_limit": .integer(750),
        "concurrent_limit": .integer(5), "created_at": .timestamp(time),
    ])
}

func quota(
    _ tenantID: String = "acme_corp", id: String = "q1", today: Int64 = 0, month: Int64 = 0, concurrent: Int64 = 0,
    monthlyLimit: WarehouseValue = .integer(750), on day: WallTime = noon
) throws -> CentralRow {
    try CentralRow(CentralSchema.usageQuotas, [
        "tenant_id": .string(tenantID), "usage_id": .string(id), "usage_date": .date(UTCDate(day)),
        "pipelines_run_today": .integer(today), "pipelines_succeeded_today": .integer(0),
        "pipelines_failed_today": .integer(0), "pipelines_run_month": .integer(month),
        "concurrent_pipelines_running": .integer(concurrent), "daily_limit": .integer(25), "monthly_limit": monthlyLimit,
        "concurrent_limit": .integer(5), "last_updated": .timestamp(day), "created_at": .timestamp(day),
    ])
}

func apiKey(_ tenantID: String = "acme_corp") throws -> CentralRow {
    try CentralRow(CentralSchema.apiKeys, [
        "tenant_id": .string(tenantID), "api_key_id": .string("k1"), "api_key_hash": .string("SECRET_HASH"),
        "encrypted_api_key": .bytes([1, 0, 255]), "scopes": .strings(["pipelines:read", "a \"quoted\" ä\\\n\u{1f}\u{1}"]),
        "is_active": .bool(true), "created_at": .timestamp(noon),
    ])
}

func run(
    _ id: String, of tenantID: String = "acme_corp", pipeline: String = "p1", status: String = "COMPLETED",
    at start: WallTime = noon, duration: Int64 = 100
) throws -> CentralRow {
    try CentralRow(CentralSchema.pipelineRuns, [
        "tenant_id": .string(tenantID), "pipeline_logging_id": .string(id), "pipeline_id": .string(pipeline),
        "status": .string(status), "start_time": .timestamp(start), "duration_ms": .integer(duration),
        "parameters": .json(#"{"date":"2026-11-23"}"#),
    ])
}

func step(_ id: String, of runID: String, status: String = "COMPLETED", rows: Int64 = 10) throws -> CentralRow {
    try CentralRow(CentralSchema.stepLogs, [
        "tenant_id": .string("acme_corp"), "step_logging_id": .string(id), "pipeline_logging_id": .string(runID),
        "step_name": .string("load"), "step_type": .string("gcp.bq_etl"), "step_index": .integer(1),
        "status": .string(status), "start_time": .timestamp(noon), "end_time": .timestamp(noon),
        "rows_processed": .integer(rows), "error_message": status == "FAILED" ? .string("no \"table\"") : .null,
    ])
}

func quality(_ id: String, of runID: String, status: String) throws -> CentralRow {
    try CentralRow(CentralSchema.qualityResults, [
        "tenant_id": .string("acme_corp"), "dq_result_id": .string(id), "pipeline_logging_id": .string(runID),
        "target_table": .string("costs"), "dq_config_id": .string("c"), "executed_at": .timestamp(noon),
        "expectations_passed": .integer(3), "expectations_failed": .integer(status == "FAIL" ? 1 : 0),
        "failed_expectations": status == "FAIL" ? .json(#"["not_null"]"#) : .null, "overall_status": .string(status),
        "ingestion_date": .date(UTCDate(noon)),
    ])
}

extension ResultTable {
    /// A column of a row by name.
    func value(_ column: String, row: Int = 0) -> WarehouseValue? {
        guard let position = columns.firstIndex(where: { $0.name == column }), row < rows.count else { return nil }
        return rows[row][position]
    }
}
