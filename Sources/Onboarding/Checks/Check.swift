// SPDX-License-Identifier: Apache-2.0
import JSON
import Time
import Warehouse

/// One of the checks before an onboarding. It changes nothing.
///
/// A new one is a type in a file of its own, and a line in `DryRun.checks`.
protocol Check: Sendable {
    var name: String { get }
    var severity: CheckSeverity { get }

    /// - Throws: `WarehouseError` where the warehouse could not be asked: the check has then failed.
    func run(_ subject: CheckSubject) async throws -> CheckFinding
}

extension Check {
    var severity: CheckSeverity { .critical }
}

/// What a check looks at.
struct CheckSubject: Sendable {
    let request: DryRunRequest
    /// The onboarding job that asks; nil for a dry-run of its own.
    let job: AskingJob?
    let environment: DryRun
    /// What is asked after then comes too late.
    let deadline: BootTime
}

/// An onboarding job that runs the checks as its first step. What it made itself, in a former attempt, is no reason
/// against it.
struct AskingJob: Sendable {
    let id: String
    /// The plan with its limits as they were submitted: a later change of the catalog is no reason against it either.
    let plan: Plan
    /// When this job's profile was made, if it made one: that tells its own from another's.
    let profileCreatedAt: WallTime?
}

/// What a check found, in its own words.
struct CheckFinding: Sendable {
    let status: CheckStatus
    let message: String
    var details: [String: JSONValue] = [:]
    /// With `failed`: why, for programs.
    var code: String?
    var mayPass = false

    static func passed(_ message: String, _ details: [String: JSONValue] = [:]) -> CheckFinding {
        CheckFinding(status: .passed, message: message, details: details)
    }

    static func skipped(_ message: String, _ details: [String: JSONValue] = [:]) -> CheckFinding {
        CheckFinding(status: .skipped, message: message, details: details)
    }

    static func failed(_ code: String, _ message: String, _ details: [String: JSONValue] = [:]) -> CheckFinding {
        CheckFinding(status: .failed, message: message, details: details, code: code)
    }

    /// A value that breaks a rule of the domain.
    static func failed(_ fault: InvalidValue) -> CheckFinding { .failed(fault.code.rawValue, fault.message) }

    /// A question that the warehouse did not answer.
    static func failed(_ error: WarehouseError) -> CheckFinding {
        CheckFinding(
            status: .failed, message: error.message, code: error.code.rawValue, mayPass: error.retry != .never)
    }
}
