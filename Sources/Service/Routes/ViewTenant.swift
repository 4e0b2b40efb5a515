// SPDX-License-Identifier: Apache-2.0
import HTTPServer
import Onboarding
import Time

extension Route {
    static let viewTenant = Route(
        .get, "/api/v1/tenants/{id}/view", access: .read, "The newest rows of the tenant's comprehensive view",
        query: [.limit(1...1_000, default: 100)],
        responses: [.ok(200, "ResultTable", "the rows; truncated says that there are more")],
        problems: [.noSuchTenant, .noView, .warehouseUnavailable]
    ) { api, call in
        let limit = call.query.integer("limit") ?? 100
        return .later {
            guard let tenant = try await api.context.tenants.liveTenant(call.tenantID()) else { throw Problem.noTenant }
            let until = api.context.time.boot() + .seconds(10)
            return .json(200, ResultDocument(try await api.context.warehouse.view(of: tenant.tenantID, limit: limit, until: until)))
        }
    }
}
