// SPDX-License-Identifier: Apache-2.0
import JobQueue
import Warehouse
import Workflow

extension Reconciliation {
    /// Looks for rows of onboardings that ended in vain and took everything back: a call that had no answer may land after
    /// that. Profiles and datasets are found in the warehouse's own lists; other rows only by asking for them.
    func compareLateRows(_ report: inout ReconciliationReport, _ actions: Set<Action>) async throws {
        for state in Self.endedInVain {
            var filter = JobFilter(state: state, kind: workflow.kind)
            while case let page = try await jobs.jobs(filter, limit: Self.pageSize), let end = page.last {
                for job in page where job.leftovers == nil {
                    guard try await hasLateRows(job.id) else { continue }
                    var finding = ReconciliationReport.Leftovers(jobID: job.id.text, tenantID: job.subject)
                    if actions.contains(.fix) { (finding.cleared, finding.problem) = try await clear(job.id) }
                    report.leftovers.append(finding)
                }
                filter.before = end.seq
            }
        }
    }

    private func hasLateRows(_ id: JobID) async throws -> Bool {
        guard let job = try await jobs.snapshot(of: id), job.mayHaveUnansweredCalls else { return false }
        for row in try rows(of: workflow.facts(of: job.job, job.steps)) {
            if try await warehouse.rows(in: row.table, of: row.tenantID, until: deadline).contains(row) { return true }
        }
        return false
    }

    /// The rows that the job's steps would have written.
    private func rows(of job: OnboardingFacts) throws -> [CentralRow] {
        var rows: [CentralRow] = []
        if job.drawn[CreateSubscription.name] != nil {
            rows.append(try CreateSubscription.subscription(job, job.drawn(by: CreateSubscription.name)))
        }
        if job.drawn[CreateUsageQuota.name] != nil {
            rows.append(try CreateUsageQuota.quota(job, job.drawn(by: CreateUsageQuota.name)))
        }
        if job.drawn[IssueAPIKey.name] != nil {
            rows.append(try IssueAPIKey.keyRow(job, job.drawn(by: IssueAPIKey.name)))
        }
        return rows
    }
}

extension JobSnapshot {
    /// Refusals are answers: only what could be tried again, or was cut off, can have been done without one.
    fileprivate var mayHaveUnansweredCalls: Bool {
        failures.contains { $0.direction == .run && $0.retryable } || steps.contains { $0.interruptions > 0 }
    }
}
