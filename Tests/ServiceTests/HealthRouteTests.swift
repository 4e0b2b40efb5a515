// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

struct HealthRouteTests {
    @Test("health is the seed system's, readiness tells the warehouse and its breaker")
    func well() async throws {
        try await withAPI { api in
            let health = try await api.client.get("/health")
            #expect(health.status == 200)
            #expect(try health.json()["status"] as? String == "healthy")
            let ready = try await api.client.get("/health/ready")
            #expect(ready.status == 200)
            #expect(try ready.json()["warehouse"] as? String == "ok")
            #expect((try ready.json()["breaker"] as? [String: Any])?["state"] as? String == "closed")
        }
    }

    @Test("readiness is 503 with its reasons when nothing would be worked on")
    func unwell() async throws {
        try await withAPI { api in
            api.change {
                $0.workerTrouble = "the queues are stuck"
                $0.isStopping = true
            }
            let ready = try await api.client.get("/health/ready")
            #expect(ready.status == 503)
            #expect(ready["Retry-After"] != nil)
            #expect((try ready.json()["reasons"] as? [String])?.count == 2)
            #expect(try await api.client.get("/health").status == 200)
        }
    }
}
