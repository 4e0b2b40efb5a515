// SPDX-License-Identifier: Apache-2.0
import JobQueue
import Onboarding

/// A tenant as clients see it.
struct TenantDocument: Encodable {
    struct Limits: Encodable {
        let daily: Int
        let monthly: Int
        let concurrent: Int
    }

    struct Job: Encodable {
        let jobID: String
        let kind: String
        let state: JobState
        let createdAt: String

        enum CodingKeys: String, CodingKey { case jobID = "job_id", kind, state, createdAt = "created_at" }

        init(_ job: JobRecord) {
            jobID = job.id.text
            kind = job.kind
            state = job.state
            createdAt = job.createdAt.rfc3339
        }
    }

    let tenantID: String
    let companyName: String
    let adminEmail: String
    let status: TenantStatus
    let subscriptionPlan: String
    let limits: Limits
    let trialEndDate: String?
    let dataset: String
    let jobID: String?
    let createdAt: String
    let activatedAt: String?
    let updatedAt: String
    /// Its newest jobs; absent in lists.
    let jobs: [Job]?
    let links: [String: String]

    enum CodingKeys: String, CodingKey {
        case status, limits, dataset, jobs, links
        case tenantID = "tenant_id", companyName = "company_name", adminEmail = "admin_email"
        case subscriptionPlan = "subscription_plan", trialEndDate = "trial_end_date", jobID = "job_id"
        case createdAt = "created_at", activatedAt = "activated_at", updatedAt = "updated_at"
    }

    init(_ tenant: Tenant, jobs: [JobRecord]? = nil) {
        tenantID = tenant.tenantID
        companyName = tenant.companyName
        adminEmail = tenant.adminEmail
        status = tenant.status
        subscriptionPlan = tenant.plan.name
        limits = Limits(
            daily: tenant.plan.dailyLimit, monthly: tenant.plan.monthlyLimit, concurrent: tenant.plan.concurrentLimit)
        trialEndDate = tenant.trialEndDate
        dataset = tenant.dataset
        jobID = tenant.jobID
        createdAt = tenant.createdAt.rfc3339
        activatedAt = tenant.activatedAt?.rfc3339
        updatedAt = tenant.updatedAt.rfc3339
        self.jobs = jobs?.map(Job.init)
        let own = Links.tenant(tenant.tenantID)
        links = ["self": own, "view": own + "/view", "jobs": Links.jobs(of: tenant.tenantID)]
    }
}
