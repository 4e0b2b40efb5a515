// SPDX-License-Identifier: Apache-2.0
import JSON
import Testing

@Suite("tenants over HTTP")
struct TenantTests {
    @Test("a tenant, its view and its own queries are read; another's rows and the key's hash can't be reached")
    func reads() async throws {
        let daemon = try await DaemonProcess.start(try Home())
        let client = daemon.client
        let done = try await client.onboardFully("acme_corp", plan: "SCALE")
        _ = try await client.onboardFully("neighbour")
        let tenant = try await client.get("/api/v1/tenants/ACME_CORP").json
        #expect(tenant["tenant_id"] == .string("acme_corp") && tenant["status"] == .string("ACTIVE"))
        #expect(tenant["dataset"] == .string("acme_corp"))
        #expect(tenant["jobs"].list.compactMap { $0["job_id"].text } == [done.jobID])

        let view = try await client.get("/api/v1/tenants/acme_corp/view").json
        #expect(view["columns"].list.count == 61 && view["rows"].list.count == 1 && view["truncated"] == .bool(false))
        #expect(view["rows"].list[0].list[0] == .string("acme_corp"))

        for (sql, rows) in [
            ("SELECT tenant_id, daily_limit FROM tenant_comprehensive_view", [[JSONValue.string("acme_corp"), .integer(100)]]),
            ("SELECT DISTINCT tenant_id FROM tenant_profiles", [[.string("acme_corp")]]),
            ("WITH tenant_profiles AS (SELECT 'mine' AS tenant_id) SELECT tenant_id FROM tenant_profiles", [[.string("mine")]]),
            ("SELECT count(*) FROM tenant_profiles WHERE tenant_id = 'neighbour'", [[.integer(0)]]),
            ("SELECT id FROM onboarding_validation_test WHERE id = 'onboarding_test_acme_corp'", [[.string("onboarding_test_acme_corp")]]),
        ] {
            let answer = try await client.post("/api/v1/tenants/acme_corp/query", #"{"sql":"\#(sql)"}"#)
            #expect(answer.status == 200 && answer.json["rows"].list.map(\.list) == rows, "\(sql): \(answer.text)")
        }
        let long = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n LIMIT 1500) SELECT x FROM n"
        let cut = try await client.post("/api/v1/tenants/acme_corp/query", #"{"sql":"\#(long)"}"#).json
        #expect(cut["rows"].list.count == 1_000 && cut["truncated"] == .bool(true))
    }

    @Test("an endless query ends after two seconds, and others are answered meanwhile")
    func endlessQuery() async throws {
        let daemon = try await DaemonProcess.start(try Home())
        let client = daemon.client
        _ = try await client.onboardFully("acme_corp")
        let endless = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT max(x) FROM n"
        async let answer = client.post("/api/v1/tenants/acme_corp/query", #"{"sql":"\#(endless)"}"#)
        #expect(try await client.onboardFully("meanwhile").status == 200)
        let refused = try await answer
        #expect(refused.status == 422 && refused.code == "query_limit", "\(refused.text)")
    }

    @Test("pages of tenants are whole and without repetition")
    func pages() async throws {
        let daemon = try await DaemonProcess.start(try Home())
        let client = daemon.client
        let names = (1...7).map { "tenant_\($0)" }
        for name in names { _ = try await client.onboardFully(name) }
        var listed: [String] = [], cursor: String?
        repeat {
            let page = try await client.get("/api/v1/tenants?limit=3" + (cursor.map { "&cursor=\($0)" } ?? "")).json
            listed += page["items"].list.compactMap { $0["tenant_id"].text }
            cursor = page["next_cursor"].text
        } while cursor != nil
        #expect(listed == names.reversed())
    }
}
