// SPDX-License-Identifier: Apache-2.0
import Foundation
import JobQueue
import Testing

struct DryRunRouteTests {
    private static let path = "/api/v1/tenants/dryrun"

    @Test("a dry-run answers the eight checks and is on record as a finished job")
    func ready() async throws {
        try await withAPI { api in
            let answer = try await api.client.post(Self.path, APIUnderTest.body())
            let report = try answer.json()
            #expect(answer.status == 200)
            #expect(report["status"] as? String == "SUCCESS")
            #expect(report["ready_for_onboarding"] as? Bool == true)
            #expect((report["validation_results"] as? [Any])?.count == 8)
            let id = try #require(report["job_id"] as? String)
            let job = try await api.client.get("/api/v1/jobs/\(id)").json()
            #expect(job["state"] as? String == "succeeded")
            #expect(job["kind"] as? String == "tenant.dryrun")
            #expect((job["steps"] as? [[String: Any]])?.first?["name"] as? String == "tenant_id_format")
            #expect((job["steps"] as? [[String: Any]])?.count == 8)
        }
    }

    @Test("values that the checks refuse are failed checks, not an error", arguments: [
        (#"{"tenant_id":"a!","company_name":"Acme","admin_email":"a@b.example"}"#, "tenant_id_format"),
        (#"{"tenant_id":"tenants","company_name":"Acme","admin_email":"a@b.example"}"#, "tenant_id_format"),
        (#"{"tenant_id":"acme","company_name":"Acme","admin_email":""}"#, "email_format"),
        (#"{"tenant_id":"acme","company_name":"Acme","admin_email":"a@b.example","subscription_plan":"GOLD"}"#, "subscription_plan"),
    ])
    func refused(body: String, check: String) async throws {
        try await withAPI { api in
            let answer = try await api.client.post(Self.path, body)
            #expect(answer.status == 200)
            #expect(try answer.json()["status"] as? String == "FAILED")
            let results = try #require(try answer.json()["validation_results"] as? [[String: Any]])
            #expect(results.contains { $0["check_name"] as? String == check && $0["status"] as? String == "FAILED" })
        }
    }

    @Test("a body that can't be read as the request is 422", arguments: [
        #"{"tenant_id":"acme","admin_email":"a@b.example"}"#,
        #"{"tenant_id":"acme","company_name":"A","admin_email":"a@b.example"}"#,
        #"{"tenant_id":1,"company_name":"Acme","admin_email":"a@b.example"}"#,
        #"{"tenant_id":"acme","company_name":"Acme\u0000","admin_email":"a@b.example"}"#,
        #"{"tenant_id":"acme","company_name":"Acme","admin_email":"a@b.example","priority":1}"#,
    ])
    func unreadable(body: String) async throws {
        try await withAPI { api in
            let answer = try await api.client.post(Self.path, body)
            #expect(answer.status == 422)
            #expect(try answer.code() == "invalid_request")
        }
    }

    @Test("beyond limits.dryruns it is 503 with Retry-After")
    func lane() async throws {
        try await withAPI(limits: .init(dryRuns: 0)) { api in
            let answer = try await api.client.post(Self.path, APIUnderTest.body())
            #expect(answer.status == 503)
            #expect(try answer.code() == "dryruns_busy")
            #expect(answer["Retry-After"] == "1")
        }
    }

    @Test("it runs while the queue is paused")
    func paused() async throws {
        try await withAPI { api in
            try await api.store.setPaused(true)
            #expect(try await api.client.post(Self.path, APIUnderTest.body()).status == 200)
        }
    }
}
