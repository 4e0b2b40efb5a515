// SPDX-License-Identifier: Apache-2.0
import Foundation
import JobQueue
import Testing

/// With real workers, the real onboarding and the embedded warehouse.
struct TenantRouteTests {
    @Test("an onboarded tenant is there to be seen, viewed and queried, and can't be onboarded again")
    func onboarded() async throws {
        try await withAPI(workers: true) { api in
            let done = try await api.client.post("/api/v1/tenants/onboard", APIUnderTest.body("Acme_Corp"), [("Prefer", "wait=60")])
            #expect(done.status == 200, "\(String(decoding: done.body, as: UTF8.self))")
            #expect((try done.json()["api_key"] as? String)?.hasPrefix("Acme_Corp_api_") == true)

            let tenant = try await api.client.get("/api/v1/tenants/acme_corp").json()
            #expect(tenant["tenant_id"] as? String == "Acme_Corp")
            #expect(tenant["status"] as? String == "ACTIVE")
            #expect(tenant["limits"] as? [String: Int] == ["daily": 25, "monthly": 750, "concurrent": 5])
            #expect((tenant["jobs"] as? [Any])?.count == 1)

            let view = try await api.client.get("/api/v1/tenants/ACME_CORP/view?limit=1").json()
            #expect((view["columns"] as? [Any])?.count == 61)
            #expect((view["rows"] as? [[Any]])?.count == 1)

            let query = try await api.client.post(
                "/api/v1/tenants/acme_corp/query", #"{"sql":"SELECT id FROM onboarding_validation_test WHERE id LIKE 'onboarding_test_%'"}"#)
            #expect(query.status == 200, "\(String(decoding: query.body, as: UTF8.self))")
            #expect((try query.json()["rows"] as? [[String]]) == [["onboarding_test_Acme_Corp"]])
            let refused = try await api.client.post("/api/v1/tenants/acme_corp/query", #"{"sql":"DROP TABLE x"}"#)
            #expect(refused.status == 422)
            #expect(try refused.code() == "invalid_query")

            let again = try await api.client.post("/api/v1/tenants/onboard", APIUnderTest.body("acme_corp"))
            #expect(again.status == 409)
            #expect(try again.code() == "tenant_exists")
            #expect(try again.json()["tenant_url"] as? String == "/api/v1/tenants/Acme_Corp")
        }
    }

    @Test("tenants are listed by pages, newest first")
    func list() async throws {
        try await withAPI(workers: true) { api in
            for n in 0..<3 {
                let answer = try await api.client.post(
                    "/api/v1/tenants/onboard", APIUnderTest.body("tenant_\(n)"), [("Prefer", "wait=60")])
                #expect(answer.status == 200, "\(String(decoding: answer.body, as: UTF8.self))")
            }
            let first = try await api.client.get("/api/v1/tenants?limit=2").json()
            let ids = (first["items"] as? [[String: Any]])?.map { $0["tenant_id"] as? String }
            #expect(ids == ["tenant_2", "tenant_1"])
            let next = try #require(first["next_cursor"] as? String)
            let second = try await api.client.get("/api/v1/tenants?limit=2&cursor=\(next)").json()
            #expect((second["items"] as? [[String: Any]])?.count == 1)
            #expect(second["next_cursor"] == nil)
        }
    }
}
