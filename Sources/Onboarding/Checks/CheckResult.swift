// SPDX-License-Identifier: Apache-2.0
import JSON

public enum CheckStatus: String, Codable, Sendable {
    case passed = "PASSED", failed = "FAILED"
    /// It does not apply here, and says why.
    case skipped = "SKIPPED"
    /// Something is there that a person should know of.
    case warning = "WARNING"
}

public enum CheckSeverity: String, Codable, Sendable {
    case critical
    /// Its failure does not keep a tenant from being onboarded.
    case advisory
}

/// What one check found, and when.
public struct CheckResult: Codable, Sendable, Equatable {
    public let checkName: String
    /// False only for `FAILED`.
    public let passed: Bool
    public let status: CheckStatus
    public let severity: CheckSeverity
    public let message: String
    public let details: [String: JSONValue]
    /// With `FAILED`, why: a code for programs.
    public let error: String?
    public let durationMilliseconds: Int64
    /// When it ended, RFC 3339.
    public let timestamp: String
    /// The same check can pass later without anybody changing anything. Not part of the answer.
    var mayPass = false

    enum CodingKeys: String, CodingKey {
        case checkName = "check_name", passed, status, severity, message, details, error
        case durationMilliseconds = "duration_ms", timestamp
    }

    /// It keeps the tenant from being onboarded.
    var blocks: Bool { status == .failed && severity == .critical }
}
