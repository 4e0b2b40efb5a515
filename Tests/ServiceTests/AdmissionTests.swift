// SPDX-License-Identifier: Apache-2.0
import Testing

/// What is refused before a route looks at it.
struct AdmissionTests {
    struct Refused: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let status: Int
        let code: String
        var method = "POST"
        var target = "/api/v1/tenants/onboard"
        var headers: [(String, String)] = []
        var body: String? = APIUnderTest.body()
    }

    static let refused: [Refused] = [
        Refused(testDescription: "another host", status: 421, code: "misdirected", headers: [("Host", "evil.example")]),
        Refused(testDescription: "a host that can't be read", status: 421, code: "misdirected", headers: [("Host", "a:b:c")]),
        Refused(testDescription: "another site's page", status: 403, code: "foreign_origin", headers: [("Origin", "http://evil.example")]),
        Refused(testDescription: "a page without a site", status: 403, code: "foreign_origin", headers: [("Origin", "null")]),
        Refused(testDescription: "Forwarded", status: 403, code: "tokens_required", headers: [("Forwarded", "for=1.2.3.4")]),
        Refused(testDescription: "Via", status: 403, code: "tokens_required", headers: [("Via", "1.1 proxy")]),
        Refused(testDescription: "X-Forwarded-For", status: 403, code: "tokens_required", headers: [("X-Forwarded-For", "1.2.3.4")]),
        Refused(testDescription: "x-forwarded-any", status: 403, code: "tokens_required", headers: [("x-forwarded-tls-client", "x")]),
        Refused(testDescription: "a broken escape", status: 400, code: "malformed_path", method: "GET", target: "/api/%zz", body: nil),
        Refused(testDescription: "a NUL in the path", status: 400, code: "malformed_path", method: "GET", target: "/api/v1/jobs/a%00b", body: nil),
        Refused(testDescription: "a path that isn't there", status: 404, code: "no_such_route", method: "GET", target: "/api/v1/nothing", body: nil),
        Refused(testDescription: "a slash too many", status: 404, code: "no_such_route", method: "GET", target: "/api/v1/jobs/", body: nil),
        Refused(testDescription: "what isn't built yet", status: 404, code: "no_such_route", method: "GET", target: "/metrics", body: nil),
        Refused(testDescription: "a method that isn't there", status: 405, code: "method_not_allowed", method: "PUT"),
        Refused(testDescription: "OPTIONS", status: 405, code: "method_not_allowed", method: "OPTIONS", body: nil),
        Refused(testDescription: "no JSON accepted", status: 406, code: "not_acceptable", headers: [("Accept", "text/html")]),
        Refused(testDescription: "no length", status: 411, code: "length_required", headers: [("Content-Length", "")], body: ""),
        Refused(testDescription: "chunks", status: 411, code: "length_required", headers: [("Content-Length", ""), ("Transfer-Encoding", "chunked")], body: "0\r\n\r\n"),
        Refused(testDescription: "a long body", status: 413, code: "body_too_large", body: String(repeating: " ", count: 65_537)),
        Refused(testDescription: "no type", status: 415, code: "unsupported_media_type", headers: [("Content-Type", "")]),
        Refused(testDescription: "another type", status: 415, code: "unsupported_media_type", headers: [("Content-Type", "text/plain")]),
        Refused(testDescription: "another charset", status: 415, code: "unsupported_media_type", headers: [("Content-Type", "application/json; charset=latin1")]),
        Refused(testDescription: "a compressed body", status: 415, code: "unsupported_media_type", headers: [("Content-Encoding", "gzip")]),
        Refused(testDescription: "a body with GET", status: 400, code: "body_not_allowed", method: "GET", target: "/api/v1/jobs", body: "{}"),
        Refused(testDescription: "fields where none are taken", status: 422, code: "invalid_request", target: "/api/v1/queue/pause", body: #"{"a":1}"#),
        Refused(testDescription: "no object where none is taken", status: 400, code: "malformed_json", target: "/api/v1/queue/pause", body: "[]"),
        Refused(testDescription: "no JSON", status: 400, code: "malformed_json", body: "{"),
        Refused(testDescription: "no body", status: 400, code: "malformed_json", body: ""),
        Refused(testDescription: "JSON, but no object", status: 400, code: "malformed_json", body: "[]"),
        Refused(testDescription: "a member twice", status: 400, code: "malformed_json", body: #"{"a":1,"a":2}"#),
        Refused(testDescription: "an unknown field", status: 422, code: "invalid_request", body: APIUnderTest.body("acme_corp", #","plan_name":"X""#)),
        Refused(testDescription: "a field's value", status: 422, code: "invalid_request", body: APIUnderTest.body("a")),
        Refused(testDescription: "force", status: 403, code: "admin_required", body: APIUnderTest.body("acme_corp", #","force_recreate_dataset":true"#)),
        Refused(testDescription: "an unknown parameter", status: 422, code: "invalid_parameter", target: "/api/v1/tenants/onboard?x=1"),
        Refused(testDescription: "a parameter twice", status: 422, code: "invalid_parameter", method: "GET", target: "/api/v1/jobs?limit=1&limit=1", body: nil),
        Refused(testDescription: "a parameter that can't be read", status: 422, code: "invalid_parameter", method: "GET", target: "/api/v1/jobs?limit=%zz", body: nil),
        Refused(testDescription: "a limit out of range", status: 422, code: "invalid_parameter", method: "GET", target: "/api/v1/jobs?limit=201", body: nil),
        Refused(testDescription: "a state that isn't one", status: 422, code: "invalid_parameter", method: "GET", target: "/api/v1/jobs?state=done", body: nil),
        Refused(testDescription: "a wait that isn't a number", status: 422, code: "invalid_parameter", method: "GET", target: "/api/v1/jobs/job_0?wait=x", body: nil),
        Refused(testDescription: "a cursor of nobody's", status: 422, code: "invalid_parameter", method: "GET", target: "/api/v1/jobs?cursor=AAAA", body: nil),
        Refused(testDescription: "an idempotency key that isn't one", status: 422, code: "invalid_idempotency_key", headers: [("Idempotency-Key", "\"open")]),
        Refused(testDescription: "no job id", status: 404, code: "no_such_job", method: "GET", target: "/api/v1/jobs/1", body: nil),
        Refused(testDescription: "no such job", status: 404, code: "no_such_job", method: "GET", target: "/api/v1/jobs/job_00000000000000000000000000000000", body: nil),
        Refused(testDescription: "no such tenant", status: 404, code: "no_such_tenant", method: "GET", target: "/api/v1/tenants/nobody", body: nil),
        Refused(testDescription: "no such tenant's view", status: 404, code: "no_such_tenant", method: "GET", target: "/api/v1/tenants/nobody/view", body: nil),
        Refused(testDescription: "no such tenant to query", status: 404, code: "no_such_tenant", target: "/api/v1/tenants/nobody/query", body: #"{"sql":"SELECT 1"}"#),
        Refused(testDescription: "a query without SQL", status: 422, code: "invalid_request", target: "/api/v1/tenants/nobody/query", body: "{}"),
    ]

    @Test("every refusal is a problem with its code, and nothing is enqueued")
    func refusals() async throws {
        try await withAPI { api in
            for request in Self.refused {
                let answer = try await api.client.send(request.method, request.target, request.headers, body: request.body)
                #expect(answer.status == request.status, "\(request.testDescription): \(String(decoding: answer.body, as: UTF8.self))")
                #expect(answer["Content-Type"] == "application/problem+json", "\(request.testDescription)")
                let problem = try answer.json()
                #expect(problem["code"] as? String == request.code, "\(request.testDescription)")
                #expect(problem["status"] as? Int == request.status)
                #expect(problem["type"] as? String == "urn:onboardd:error:\(request.code)")
                #expect(problem["instance"] as? String == answer["X-Request-Id"].map { "urn:onboardd:request:\($0)" })
                #expect(answer["X-Content-Type-Options"] == "nosniff")
                #expect(answer["Cache-Control"] == "no-store")
            }
            #expect(try await api.store.liveCount() == 0)
        }
    }

    @Test("a refused field and parameter are named")
    func named() async throws {
        try await withAPI { api in
            let field = try await api.client.post("/api/v1/tenants/onboard", APIUnderTest.body("acme_corp", #","plan_name":"X""#)).json()
            #expect((field["errors"] as? [[String: String]])?.first?["field"] == "plan_name")
            let parameter = try await api.client.get("/api/v1/jobs?state=done&x=1").json()
            #expect((parameter["errors"] as? [[String: String]])?.map { $0["field"] } == ["state", "x"])
        }
    }

    @Test("Allow tells the methods of all routes of a path")
    func allow() async throws {
        try await withAPI { api in
            let jobs = try await api.client.send("DELETE", "/api/v1/jobs")
            #expect(jobs["Allow"] == "GET, HEAD")
            let dryRun = try await api.client.send("PUT", "/api/v1/tenants/dryrun")
            #expect(dryRun["Allow"] == "GET, HEAD, POST")
        }
    }

    @Test("HEAD is a GET without its body")
    func head() async throws {
        try await withAPI { api in
            let answer = try await api.client.send("HEAD", "/health")
            #expect(answer.status == 200)
            #expect(answer.body.isEmpty)
            #expect(answer["Content-Length"] == "20")
        }
    }

    @Test("loopback names, listen.hosts and our own pages are let in", arguments: [
        [("Host", "127.0.0.1")], [("Host", "[::1]:1")], [("Host", "Onboard.Example:8080")],
        [("Host", "localhost:1"), ("Origin", "http://LOCALHOST:1")], [("Accept", "application/json")], [("Accept", "*/*")],
    ])
    func letIn(headers: [(String, String)]) async throws {
        try await withAPI(limits: .init(hosts: ["onboard.EXAMPLE"])) { api in
            let answer = try await api.client.get("/health", headers)
            #expect(answer.status == 200)
        }
    }
}
