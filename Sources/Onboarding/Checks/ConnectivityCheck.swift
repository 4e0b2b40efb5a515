// SPDX-License-Identifier: Apache-2.0
import JSON

/// Whether the warehouse in use answers a query. The name is the seed system's, whatever the warehouse is.
struct ConnectivityCheck: Check {
    let name = "bigquery_connectivity"

    func run(_ subject: CheckSubject) async throws -> CheckFinding {
        let warehouse = subject.environment.warehouse
        try await warehouse.checkConnectivity(until: subject.deadline)
        return .passed("the \(warehouse.kind.rawValue) warehouse answers", ["warehouse": .string(warehouse.kind.rawValue)])
    }
}
