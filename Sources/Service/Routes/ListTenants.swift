// SPDX-License-Identifier: Apache-2.0
import HTTPServer
import Onboarding

extension Route {
    static let listTenants = Route(
        .get, "/api/v1/tenants", access: .read, "Tenants, newest first",
        query: [.limit(1...200, default: 50), .cursor],
        responses: [.ok(200, "TenantPage", "a page; next_cursor is absent at the end")]
    ) { api, call in
        let cursor = try call.query.text("cursor").map { text throws(Problem) in try Cursor(text, filter: ["tenants"]) }
        let limit = call.query.integer("limit") ?? 50
        return .later {
            let tenants = try await api.context.tenants.tenants(TenantFilter(before: cursor?.position), limit: limit + 1)
            let page = tenants.prefix(limit)
            let next = tenants.count > limit ? page.last.map { Cursor(position: $0.seq).text(filter: ["tenants"]) } : nil
            return .json(200, Page(items: page.map { TenantDocument($0) }, nextCursor: next))
        }
    }
}
