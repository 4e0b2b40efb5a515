// SPDX-License-Identifier: Apache-2.0
import HTTPServer
import JobQueue
import Onboarding

extension Route {
    static let getTenant = Route(
        .get, "/api/v1/tenants/{id}", access: .read, "A tenant: profile, plan, limits, dataset, status and its newest jobs",
        responses: [.ok(200, "Tenant", "the tenant; case doesn't matter in its id")],
        problems: [.noSuchTenant]
    ) { api, call in
        .later {
            guard let tenant = try await api.context.tenants.tenant(call.tenantID()) else { throw Problem.noTenant }
            let jobs = try await api.context.store.jobs(JobFilter(subjectKey: tenant.key), limit: 20)
            return .json(200, TenantDocument(tenant, jobs: jobs))
        }
    }
}

extension Problem {
    static let noTenant = Problem(.noSuchTenant, "there is no tenant of this id")
}
