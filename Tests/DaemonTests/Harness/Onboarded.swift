// SPDX-License-Identifier: Apache-2.0
import Testing

/// Holds the disk to what is true once `tenants` are onboarded, each exactly once, with all of their history on record.
func expectOnboardedOnce(_ home: Home, _ tenants: [String], _ location: SourceLocation = #_sourceLocation) throws {
    let names = tenants.sorted()
    for table in ["tenant_profiles", "tenant_api_keys", "tenant_subscriptions", "tenant_usage_quotas"] {
        let rows = try Home.rows(home.central, "SELECT tenant_id FROM \(table)").map { $0[0] }.sorted()
        #expect(rows == names, "\(table)", sourceLocation: location)
    }
    #expect(
        try Home.rows(home.central, "SELECT DISTINCT status FROM tenant_profiles") == [["ACTIVE"]], sourceLocation: location)
    #expect(try home.datasets() == names.map { $0.lowercased() }.sorted(), sourceLocation: location)
    for name in names {
        let marks = try Home.rows(home.datasetPath(name), "SELECT tenant_id FROM _onboardd_meta")
        #expect(marks == [[name]], sourceLocation: location)
    }
    let active = try Home.rows(home.jobStore, "SELECT tenant_id FROM tenant WHERE status = 'ACTIVE'").map { $0[0] }.sorted()
    #expect(active == names, sourceLocation: location)
    try expectAllOnRecord(home, jobs: names.count, location)
}

private func expectAllOnRecord(_ home: Home, jobs: Int, _ location: SourceLocation) throws {
    let states = try Home.rows(
        home.jobStore, "SELECT state, count(*) FROM job WHERE kind = 'tenant.onboard' GROUP BY state")
    #expect(states == [["succeeded", "\(jobs)"]], sourceLocation: location)
    #expect(
        try Home.rows(home.jobStore, "SELECT count(*) FROM step WHERE state = 'succeeded'") == [["\(jobs * 10)"]],
        sourceLocation: location)
    let incomplete = try Home.rows(home.jobStore, """
        SELECT job.id FROM job WHERE kind = 'tenant.onboard' AND (
            (SELECT count(*) FROM step WHERE job_seq = job.seq AND state = 'succeeded') <> 10
            OR (SELECT count(DISTINCT step) FROM event WHERE job_seq = job.seq AND step_state = 'running') <> 10
            OR (SELECT count(DISTINCT step) FROM event WHERE job_seq = job.seq AND step_state = 'succeeded') <> 10
            OR NOT EXISTS (SELECT 1 FROM event WHERE job_seq = job.seq AND state = 'succeeded'))
        """)
    #expect(incomplete.isEmpty, sourceLocation: location)
    for path in [home.jobStore, home.central] {
        let isIntact = try home.isIntact(path)
        #expect(isIntact, "\(path)", sourceLocation: location)
    }
}
