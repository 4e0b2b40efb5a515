// SPDX-License-Identifier: Apache-2.0

/// Whether the service that holds the warehouse knows us.
struct CredentialsCheck: Check {
    let name = "gcp_credentials"

    func run(_ subject: CheckSubject) async throws -> CheckFinding {
        switch try await subject.environment.warehouse.checkCredentials(until: subject.deadline) {
        case .accepted(let identity): .passed("the credentials are accepted", ["identity": .string(identity)])
        case .notApplicable(let reason): .skipped("does not apply: \(reason)", ["reason": .string(reason)])
        }
    }
}
