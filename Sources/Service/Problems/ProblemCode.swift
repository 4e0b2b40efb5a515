// SPDX-License-Identifier: Apache-2.0

/// Every error that the API answers, by its stable code. docs/errors.md is made from it.
public enum ProblemCode: String, CaseIterable, Sendable {
    case malformedRequest = "malformed_request"
    case malformedPath = "malformed_path"
    case malformedJSON = "malformed_json"
    case bodyNotAllowed = "body_not_allowed"
    case foreignOrigin = "foreign_origin"
    case tokensRequired = "tokens_required"
    case adminRequired = "admin_required"
    case noSuchRoute = "no_such_route"
    case noSuchJob = "no_such_job"
    case noSuchTenant = "no_such_tenant"
    case noAPIKey = "no_api_key"
    case noView = "no_view"
    case methodNotAllowed = "method_not_allowed"
    case notAcceptable = "not_acceptable"
    case tenantExists = "tenant_exists"
    case tenantBusy = "tenant_busy"
    case leftovers
    case notFailed = "not_failed"
    case tooLate = "too_late"
    case notActivated = "not_activated"
    case jobCancelled = "job_cancelled"
    case apiKeyGone = "api_key_gone"
    case lengthRequired = "length_required"
    case bodyTooLarge = "body_too_large"
    case unsupportedMediaType = "unsupported_media_type"
    case misdirected
    case invalidRequest = "invalid_request"
    case invalidParameter = "invalid_parameter"
    case invalidIdempotencyKey = "invalid_idempotency_key"
    case idempotencyKeyReused = "idempotency_key_reused"
    case dryRunFailed = "dryrun_failed"
    case invalidQuery = "invalid_query"
    case queryLimit = "query_limit"
    case headTooLarge = "head_too_large"
    case unknownTransferCoding = "unknown_transfer_coding"
    case notSupported = "not_supported"
    case onboardingFailed = "onboarding_failed"
    case queueFull = "queue_full"
    case stopping
    case storageFull = "storage_full"
    case storageUnavailable = "storage_unavailable"
    case dryRunsBusy = "dryruns_busy"
    case queriesBusy = "queries_busy"
    case warehouseUnavailable = "warehouse_unavailable"
    case notReady = "not_ready"
    case unexpected

    public var status: Int { entry.status }
    /// The same for each occurrence (RFC 9457, 3.1.3).
    public var title: String { entry.title }
    /// What whoever meets it can do.
    public var fix: String { entry.fix }
    /// RFC 9457, 3.1.1. The code says the same.
    public var type: String { "urn:onboardd:error:\(rawValue)" }
    /// Seconds after which the same request may succeed, where that is known to be worth it.
    public var retryAfter: Int? { status == 503 ? (self == .dryRunsBusy || self == .queriesBusy ? 1 : 5) : nil }
}
