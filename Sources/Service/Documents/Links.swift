// SPDX-License-Identifier: Apache-2.0
import JobQueue
import Onboarding

/// Where things are, as paths on this server.
enum Links {
    static func job(_ id: JobID) -> String { "/api/v1/jobs/\(id)" }
    static func tenant(_ id: String) -> String { "/api/v1/tenants/\(id)" }
    static func jobs(of tenantID: String) -> String { "/api/v1/jobs?tenant_id=\(tenantID)" }
}

/// The kinds of jobs that clients can meet.
enum JobKinds {
    static let onboard = "tenant.onboard"
    static let dryRun = "tenant.dryrun"
    static let rotateKey = "tenant.rotate_key"

    static let all = [
        dryRun, onboard, "tenant.offboard", rotateKey, "pipeline.run", "notify.email", "notify.webhook",
    ]

    /// Whether a job of this kind makes an API key that its submitter may see once.
    static func makesKey(_ kind: String) -> Bool { kind == onboard || kind == rotateKey }
}
