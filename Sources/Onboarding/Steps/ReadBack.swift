// SPDX-License-Identifier: Apache-2.0
import Time
import Warehouse
import Workflow

/// Looks at everything that an onboarding made, side by side, before its tenant becomes one.
struct ReadBack: Sendable {
    let job: OnboardingFacts
    let environment: OnboardingEnvironment
    let deadline: BootTime

    static let things = [
        "reservation", CentralSchema.profiles.name, CentralSchema.subscriptions.name, CentralSchema.usageQuotas.name,
        CentralSchema.apiKeys.name, "dataset", ValidationTable.name, ComprehensiveView.name,
    ]

    /// - Throws: `StepError` `incomplete` naming all that is missing or not as it was written. It may show up yet.
    func check() async throws {
        async let reservation = isReserved()
        async let profile = hasProfile()
        async let subscription = has(CreateSubscription.subscription(job, job.drawn(by: CreateSubscription.name)))
        async let quota = has(CreateUsageQuota.quota(job, job.drawn(by: CreateUsageQuota.name)))
        async let key = has(IssueAPIKey.keyRow(job, job.drawn(by: IssueAPIKey.name)))
        async let dataset = hasDataset()
        async let table = hasValidationTable()
        async let view = hasView()
        let found = try await [reservation, profile, subscription, quota, key, dataset, table, view]
        let missing = zip(Self.things, found).filter { !$0.1 }.map(\.0)
        guard missing.isEmpty else {
            throw StepError(
                code: "incomplete",
                message: "not there as it was made: \(missing.joined(separator: ", ")); somebody may have changed the warehouse",
                retry: .withBackoff)
        }
    }

    private func isReserved() async throws -> Bool {
        try await environment.tenants.liveTenant(job.input.tenantID.text)?.jobID == job.id.text
    }

    /// By identity: in a second attempt its status has changed already.
    private func hasProfile() async throws -> Bool {
        let identity = try ReserveTenant.profile(job, job.drawn(by: ReserveTenant.name)).identity
        return try await rows(in: CentralSchema.profiles).contains { $0.identity == identity }
    }

    private func has(_ row: CentralRow) async throws -> Bool {
        try await rows(in: row.table).contains(row)
    }

    private func rows(in table: CentralTable) async throws -> [CentralRow] {
        try await environment.ask { warehouse throws(WarehouseError) in
            try await warehouse.rows(in: table, of: job.input.tenantID.text, until: deadline)
        }
    }

    private func hasDataset() async throws -> Bool {
        let claim = try CreateDataset.claim(of: job)
        let status = try await environment.ask { warehouse throws(WarehouseError) in
            try await warehouse.dataset(of: claim.tenantID, until: deadline)
        }
        return status == .owned(claim)
    }

    private func hasValidationTable() async throws -> Bool {
        try await there { warehouse throws(WarehouseError) in
            try await warehouse.columns(of: ValidationTable.name, inDatasetOf: job.input.tenantID.text, until: deadline)
                == ValidationTable.columns
        }
    }

    private func hasView() async throws -> Bool {
        try await there { warehouse throws(WarehouseError) in
            try await warehouse.view(of: job.input.tenantID.text, limit: 1, until: deadline).columns.map(\.name)
                == ComprehensiveView.columns.map(\.name)
        }
    }

    /// "Not found" is an answer here.
    private func there(_ ask: (any Warehouse) async throws(WarehouseError) -> Bool) async throws -> Bool {
        do {
            return try await ask(environment.warehouse)
        } catch where error.code == .notFound {
            return false
        } catch {
            throw StepError(error)
        }
    }
}
