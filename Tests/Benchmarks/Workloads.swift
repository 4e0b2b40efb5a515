// SPDX-License-Identifier: Apache-2.0
import HTTPClient

/// What clients do, measured.
enum Workloads {
    private static let onboard = "/api/v1/tenants/onboard"

    static func dryRuns(on daemon: DaemonUnderTest, count: Int) async throws -> Samples {
        try await sample(count) { try await daemon.post("/api/v1/tenants/dryrun", tenant("dry_\($0)"), expect: 200) }
    }

    /// From the request to the 202; each job waits for tomorrow, so that only the intake is measured.
    static func submissions(on daemon: DaemonUnderTest, count: Int) async throws -> Samples {
        try await sample(count) { try await daemon.post(onboard, tenant("late_\($0)", runAt: "2999-01-01T00:00:00Z"), expect: 202) }
    }

    /// From the request to the onboarded tenant, one after the other.
    static func onboardings(on daemon: DaemonUnderTest, count: Int) async throws -> Samples {
        try await sample(count) {
            try await daemon.post(onboard, tenant("one_\($0)"), headers: ["Prefer": "wait=30"], expect: 200)
        }
    }

    /// Onboarded tenants a second, by so many clients that each wait for one after the other.
    static func onboardingRate(on daemon: DaemonUnderTest, count: Int, clients: Int) async throws -> Double {
        let time = try await ContinuousClock().measure {
            try await withThrowingTaskGroup(of: Void.self) { group in
                for client in 0..<clients {
                    group.addTask {
                        for index in stride(from: client, to: count, by: clients) {
                            try await daemon.post(onboard, tenant("many_\(index)"), headers: ["Prefer": "wait=60"], expect: 200)
                        }
                    }
                }
                try await group.waitForAll()
            }
        }
        return Double(count) / time.seconds
    }

    private static func sample(_ count: Int, _ body: (Int) async throws -> Void) async throws -> Samples {
        var samples: [Duration] = []
        for index in 0..<count { samples.append(try await ContinuousClock().measure { try await body(index) }) }
        return Samples(samples)
    }

    private static func tenant(_ id: String, runAt: String? = nil) -> String {
        let runAt = runAt.map { #","run_at":"\#($0)""# } ?? ""
        return #"{"tenant_id":"\#(id)","company_name":"Acme Corporation","admin_email":"admin@acme.com""# + runAt + "}"
    }
}
