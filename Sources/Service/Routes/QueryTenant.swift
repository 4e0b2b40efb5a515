// SPDX-License-Identifier: Apache-2.0
import HTTPServer
import JSON
import Onboarding
import Time
import Warehouse

/// Callers' queries at one time: each may take two seconds of a processor.
private let queriesAtOnce = 8

extension Route {
    static let queryTenant = Route(
        .post, "/api/v1/tenants/{id}/query", access: .admin,
        "Runs a SELECT on the tenant's own data, with the embedded warehouse: 2 s, 1,000 rows, 1 MiB",
        body: .json(schema: "QueryRequest"),
        responses: [.ok(200, "ResultTable", "the rows; truncated says that there are more")],
        problems: [
            .malformedJSON, .lengthRequired, .bodyTooLarge, .unsupportedMediaType, .invalidRequest, .invalidQuery, .queryLimit,
            .noSuchTenant, .noView, .notSupported, .warehouseUnavailable, .queriesBusy,
        ]
    ) { api, call in
        .later {
            guard api.context.warehouse.kind == .embedded else {
                throw Problem(.notSupported, "only the embedded warehouse takes queries here")
            }
            let sql = try QueryRequest(call.object()).sql
            guard let tenant = try await api.context.tenants.liveTenant(call.tenantID()) else { throw Problem.noTenant }
            guard api.queries.take(limit: queriesAtOnce) else {
                throw Problem(.queriesBusy, "\(queriesAtOnce) queries are under way, which is the limit")
            }
            defer { api.queries.giveBack() }
            let until = api.context.time.boot() + .seconds(5)
            return .json(200, ResultDocument(try await api.context.warehouse.query(sql, of: tenant.tenantID, until: until)))
        }
    }
}

private struct QueryRequest {
    let sql: String

    /// - Throws: `Problem` `invalid_request` naming each field that is wrong.
    init(_ object: JSONObject) throws(Problem) {
        var errors: [Problem.FieldError] = []
        switch object["sql"] {
        case .string(let text) where text.utf8.contains(0):
            errors.append(.init(field: "sql", code: "nul_character", message: "must not hold U+0000"))
        case .string: break
        case nil: errors.append(.init(field: "sql", code: "missing_field", message: "is required"))
        default: errors.append(.init(field: "sql", code: "wrong_type", message: "must be a text"))
        }
        errors += object.names.filter { $0 != "sql" }.prefix(32)
            .map { .init(field: $0, code: "unknown_field", message: "this route has no such field") }
        if let first = errors.first { throw Problem(.invalidRequest, "field \(first.field): \(first.message)").with(errors) }
        sql = object["sql"]?.text ?? ""
    }
}
