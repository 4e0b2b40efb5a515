// SPDX-License-Identifier: Apache-2.0

/// Other routes' bodies, paths, methods and parameters.
extension BadInput {
    static let jobBodies: [BadInput] = ["retry", "cancel", "api-key"].flatMap { action in
        [
        BadInput("\(action) with a field", "POST /api/v1/jobs/job_00000000000070008000000000000000/\(action)", body: Array(#"{"x":1}"#.utf8), gets: 422, "invalid_request", "x"),
        BadInput("\(action) of no job", "POST /api/v1/jobs/job_00000000000070008000000000000000/\(action)", body: [], gets: 404, "no_such_job"),
    ]
    }

    static let otherBodies: [BadInput] = [
        BadInput("pause with an array", "POST /api/v1/queue/pause", body: Array("[]".utf8), gets: 400, "malformed_json"),
        BadInput("dry-run without a name", "POST /api/v1/tenants/dryrun", [json], body: Array(#"{"tenant_id":"abc","admin_email":"a@b.example"}"#.utf8), gets: 422, "invalid_request", "company_name"),
        BadInput("dry-run with an unknown field", "POST /api/v1/tenants/dryrun", [json], body: Array((Client.tenant("abc").dropLast() + #","force_recreate_tables":false}"#).utf8), gets: 422, "invalid_request", "force_recreate_tables"),
        query("neither field", "{}", 422, "invalid_request", "sql"), query("no text", #"{"sql":1}"#, 422, "invalid_request", "sql"),
        query("NUL", #"{"sql":"SELECT 1\u0000"}"#, 422, "invalid_request", "sql"), query("unknown field", #"{"sql":"SELECT 1","of":2}"#, 422, "invalid_request", "of"),
    ]

    static let queries: [BadInput] = [
        "", "SELEC 1", "SELECT 1; SELECT 2", "DELETE FROM onboarding_validation_test", "DROP TABLE onboarding_validation_test",
        "INSERT INTO onboarding_validation_test VALUES ('a', 'b', 'c')", "CREATE TABLE mine (x)", "PRAGMA journal_mode = DELETE",
        "ATTACH DATABASE '/etc/passwd' AS p", "ATTACH DATABASE 'neighbour.sqlite' AS n", "DETACH DATABASE central", "VACUUM INTO '/tmp/copy'",
        "SELECT * FROM central.tenant_profiles", "SELECT * FROM neighbour.onboarding_validation_test", "SELECT load_extension('x')",
        "SELECT readfile('/etc/passwd')", "SELECT api_key_hash FROM tenant_api_keys", "BEGIN",
    ].map { query($0, "{\"sql\":\"\($0)\"}", 422, "invalid_query") }

    private static func query(_ name: String, _ body: String, _ status: Int, _ code: String, _ field: String? = nil) -> BadInput {
        BadInput("query: \(name)", "POST /api/v1/tenants/acme_corp/query", [json], body: Array(body.utf8), gets: status, code, field)
    }

    static let noRoutes: [BadInput] = ["/api", "/api/v1", "/api/v2/jobs", "/api/v1/jobs/x/y/z", "/api/v1//jobs", "/API/v1/jobs", "/api/v1/tenant/acme_corp"].map {
        BadInput($0, "GET \($0)", gets: 404, "no_such_route")
    }

    static let wrongMethods: [BadInput] = [
        ("DELETE", "/api/v1/jobs"), ("PUT", "/api/v1/tenants/onboard"), ("PATCH", "/health"),
        ("OPTIONS", "/api/v1/jobs"), ("TRACE", "/health"), ("get", "/health"), ("FROBNICATE", "/api/v1/jobs"),
    ].map { method, path in BadInput("\(method) \(path)", "\(method) \(path)", gets: 405, "method_not_allowed") }

    static let badPaths: [BadInput] = ["%00", "acme%00corp", "%zz", "%2", "%c3%28", "%ff"].map {
        BadInput("tenant \($0)", "GET /api/v1/tenants/\($0)", gets: 400, "malformed_path")
    }

    static let noTenants: [BadInput] = ["%2e%2e", "nobody", "acme_corp%20", "acme%2Fcorp", "a;b", "'--"].map {
        BadInput("tenant \($0)", "GET /api/v1/tenants/\($0)", gets: 404, "no_such_tenant")
    }

    static let noJobs: [BadInput] = ["x", "job_", "job_%2e%2e", "JOB_00000000000070008000000000000000", "job_00000000000070008000000000000000'"].map {
        BadInput("job \($0)", "GET /api/v1/jobs/\($0)", gets: 404, "no_such_job")
    }

    private static let jobParameters: [(query: String, name: String)] = [
        ("limit=0", "limit"), ("limit=201", "limit"), ("limit=-1", "limit"), ("limit=ten", "limit"), ("limit=", "limit"), ("limit=1&limit=2", "limit"),
        ("limit=99999999999999999999", "limit"), ("state=done", "state"), ("kind=x", "kind"), ("tenant_id=", "tenant_id"), ("cursor=x", "cursor"),
        ("cursor=AAAAAAAAAAAAAAAAAAAAAAA", "cursor"), ("page=2", "page"), ("Limit=1", "Limit"),
    ]

    static let parameters: [BadInput] = jobParameters.map { query, name in
        BadInput("jobs?\(query)", "GET /api/v1/jobs?\(query)", gets: 422, "invalid_parameter", name)
    } + [
        BadInput("jobs?%00", "GET /api/v1/jobs?state=%00", gets: 422, "invalid_parameter"),
        BadInput("jobs?%ff", "GET /api/v1/jobs?state=%ff", gets: 422, "invalid_parameter"),
        BadInput("wait=x", "GET /api/v1/jobs/job_00000000000070008000000000000000?wait=x", gets: 422, "invalid_parameter", "wait"),
        BadInput("a POST's parameter", "POST /api/v1/queue/pause?now=1", body: [], gets: 422, "invalid_parameter", "now"),
    ]
}
