// SPDX-License-Identifier: Apache-2.0
import JobQueue
import Synchronization

/// The tenants in the job store. What steps change goes through the effects in `TenantStore+Effects`, so that it is one
/// transaction with the outcome of the step; this type reads, admits and reconciles.
public final class TenantStore: Sendable {
    let jobs: JobStore
    /// Keys of tenants behind which a reconciliation is clearing up. One process holds the store, so memory is enough.
    let held = Mutex<Set<String>>([])

    public init(_ jobs: JobStore) { self.jobs = jobs }
}
