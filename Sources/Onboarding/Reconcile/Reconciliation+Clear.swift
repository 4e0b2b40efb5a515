// SPDX-License-Identifier: Apache-2.0
import JobQueue
import Warehouse
import Workflow

extension Reconciliation {
    /// Takes back, once more, what an ended onboarding made: exactly its own rows and its own dataset. Meanwhile nobody can
    /// retry it, or onboard its tenant.
    /// - Parameter claim: a dataset of that job that it did not draw itself, from an earlier life of it.
    func clear(_ id: JobID, dropping claim: DatasetClaim? = nil) async throws -> (cleared: Bool, problem: String?) {
        guard let job = try await jobs.snapshot(of: id)?.job else {
            return (false, "job \(id) is not on record any more: nothing proves what it made")
        }
        guard job.kind == workflow.kind, let tenantID = job.subject else {
            return (false, "job \(id) is no onboarding: retry it")
        }
        let outcome = try await tenants.holding(TenantID.key(of: tenantID)) { try await clearHeld(id, dropping: claim) }
        return outcome ?? (false, "another reconciliation is at work on \(tenantID)")
    }

    /// Clears all onboardings of this tenant that ended without success.
    /// - Returns: whether there were any, and all could be cleared.
    func clearEndedJobs(on tenantID: String) async throws -> Bool {
        let filter = JobFilter(kind: workflow.kind, subjectKey: TenantID.key(of: tenantID))
        let ended = try await jobs.jobs(filter, limit: Self.pageSize).filter { Self.endedInVain.contains($0.state) }
        var all = !ended.isEmpty
        for job in ended { all = try await clear(job.id).cleared && all }
        return all
    }

    static let endedInVain: [JobState] = [.failed, .cancelled]

    private func clearHeld(_ id: JobID, dropping claim: DatasetClaim?) async throws -> (cleared: Bool, problem: String?) {
        // A retry that was admitted before the hold is committed before this.
        try await jobs.change { _ in }
        guard let snapshot = try await jobs.snapshot(of: id), Self.endedInVain.contains(snapshot.job.state) else {
            return (false, "job \(id) is at work, or has succeeded")
        }
        do {
            let effects = try await workflow.takeBack(snapshot.job, snapshot.steps, until: deadline)
            try await jobs.change { connection in for effect in effects { try effect(connection) } }
            if let claim { try await warehouse.dropDataset(claim, until: deadline) }
        } catch let error as StepError {
            return (false, error.message)
        } catch is DecodingError {
            return (false, "what is on record of job \(id) can't be read by this program: clear it by hand")
        }
        _ = try await jobs.clearLeftovers(of: id)
        return (true, nil)
    }
}
