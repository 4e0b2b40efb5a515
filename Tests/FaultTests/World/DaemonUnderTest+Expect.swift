// SPDX-License-Identifier: Apache-2.0
import JobQueue
import Onboarding
import Testing
import Time
import Warehouse

extension DaemonUnderTest {
    static let centralTables = [
        CentralSchema.profiles, CentralSchema.subscriptions, CentralSchema.usageQuotas, CentralSchema.apiKeys,
    ]

    private var soon: BootTime { time.boot() + .seconds(10) }

    func rowCounts(of tenant: String = Self.tenant) async throws -> [Int] {
        var counts: [Int] = []
        for table in Self.centralTables {
            counts.append(try await warehouse.real.rows(in: table, of: tenant, until: soon).count)
        }
        return counts
    }

    /// The tenant is there, everything of it once.
    func expectOnboarded(
        _ id: JobID, tenant: String = Self.tenant, verified: Bool = true, sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        #expect(try await rowCounts(of: tenant) == [1, 1, 1, 1], sourceLocation: sourceLocation)
        let profile = try await warehouse.real.rows(in: CentralSchema.profiles, of: tenant, until: soon).first
        #expect(profile?["status"] == .string("ACTIVE"), sourceLocation: sourceLocation)
        guard case .owned(let claim) = try await warehouse.real.dataset(of: tenant, until: soon) else {
            Issue.record("there is no dataset of the job's", sourceLocation: sourceLocation)
            return
        }
        #expect(claim.jobID == id.text, sourceLocation: sourceLocation)
        let stored = try await tenants.liveTenant(tenant)
        #expect(stored?.status == .active && stored?.jobID == id.text, sourceLocation: sourceLocation)
        #expect(try await keyCount(tenant) == 1, sourceLocation: sourceLocation)
        let records = try await warehouse.real.run(
            Query("SELECT count(*) AS n FROM \(ValidationTable.name)"), inDatasetOf: tenant, until: soon)
        #expect(records.rows == [[.integer(verified ? 2 : 1)]], sourceLocation: sourceLocation)
        #expect(
            try await warehouse.real.view(of: tenant, limit: 5, until: soon).columns.count == ComprehensiveView.columns.count,
            sourceLocation: sourceLocation)
    }

    /// Nothing of the tenant is anywhere.
    func expectNothingLeft(tenant: String = Self.tenant, sourceLocation: SourceLocation = #_sourceLocation) async throws {
        #expect(try await rowCounts(of: tenant) == [0, 0, 0, 0], sourceLocation: sourceLocation)
        #expect(try await warehouse.real.dataset(of: tenant, until: soon) == .absent(id: tenant), sourceLocation: sourceLocation)
        #expect(try await tenants.liveTenant(tenant) == nil, sourceLocation: sourceLocation)
        #expect(try await keyCount(tenant) == 0, sourceLocation: sourceLocation)
    }

    /// A job that ended, all of its own taken back in reverse order of start, each undo on record, and the id is free.
    func expectUndone(_ ended: JobSnapshot, sourceLocation: SourceLocation = #_sourceLocation) async throws {
        #expect(ended.job.leftovers == nil, sourceLocation: sourceLocation)
        try await expectNothingLeft(sourceLocation: sourceLocation)
        try await expectReverseUndo(ended, sourceLocation: sourceLocation)
        let tracing = Self.tracingSteps
        for step in ended.steps where tracing.contains(step.name) {
            #expect(
                step.state == (step.begun == nil ? .skipped : .rolledBack), "\(step.name)", sourceLocation: sourceLocation)
        }
    }

    /// Each step's undo began after those of all steps that were started later.
    func expectReverseUndo(_ ended: JobSnapshot, sourceLocation: SourceLocation = #_sourceLocation) async throws {
        let events = try await store.events(of: ended.job.seq, after: 0, limit: 10_000)
        let undone = events.filter { $0.stepState == .rollingBack }.compactMap(\.step).removingRepeats()
        let begun = ended.steps.filter { undone.contains($0.name) }.sorted { ($0.begun ?? 0) > ($1.begun ?? 0) }.map(\.name)
        #expect(undone == begun, sourceLocation: sourceLocation)
    }

    /// The id is free: a second onboarding goes through.
    func expectFree(sourceLocation: SourceLocation = #_sourceLocation) async throws {
        warehouse.heal()
        let again = try await submit()
        #expect(try await end(of: again).job.state == .succeeded, sourceLocation: sourceLocation)
        try await expectOnboarded(again, sourceLocation: sourceLocation)
    }

    static let tracingSteps = Set(OnboardingWorkflow.stepNames).subtracting(["dryrun", "verify_pipeline"])

    private func keyCount(_ tenant: String) async throws -> Int {
        try await store.read { connection in
            try connection.first("SELECT count(*) FROM tenant_api_key WHERE tenant_key = ?", tenant) { $0.int(0) } ?? 0
        }
    }
}

extension [String] {
    func removingRepeats() -> [String] {
        var seen: Set<String> = []
        return filter { seen.insert($0).inserted }
    }
}
