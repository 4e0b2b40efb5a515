// SPDX-License-Identifier: Apache-2.0
import HTTPClient
import JSON
import Testing

@Suite("many clients")
struct LoadTests {
    private static let tenants = (1...200).map { "Tenant_\($0)" }
    private static let clients = 16

    @Test("200 onboardings by 16 clients at once all succeed, none twice, every step on record")
    func manyAtOnce() async throws {
        let home = try Home()
        let daemon = try await DaemonProcess.start(home)
        let client = daemon.client
        let jobs = try await Self.eachClient { tenant in
            let answer = try await client.onboard(tenant)
            #expect(answer.status == 202, "\(answer.text)")
            return answer.jobID
        }
        for job in jobs { #expect(try await client.job(job, wait: 60).json["state"] == .string("succeeded")) }
        #expect(Set(jobs).count == Self.tenants.count)
        try expectOnboardedOnce(home, Self.tenants)
        #expect(try await daemon.stop() == 0)
    }

    @Test("the same with five kill -9 on the way: nothing acknowledged is lost, nothing is done twice")
    func manyAtOnceWithDeaths() async throws {
        let home = try Home()
        // A lease that nobody waits out: a killed daemon's jobs come back because its epoch is over.
        try home.configure("lease:\n  seconds: 3600\n")
        let front = try await Front(home, deaths: [20, 60, 100, 140, 180])
        _ = try await Self.eachClient { tenant in
            let answer = try await Self.submit(tenant, front)
            #expect(answer.status == 202, "\(answer.text)")
            try await front.acknowledged(tenant, by: answer.jobID)
            return answer.jobID
        }
        #expect(await front.lives == 6)
        let journal = await front.journal
        let client = await front.client().client
        for (tenant, job) in journal {
            let ended = try await client.job(job, wait: 60)
            try #require(ended.json["state"] == .string("succeeded"), "\(tenant): \(ended.text)")
            let replay = try await client.onboard(tenant, [("Idempotency-Key", tenant)])
            #expect(replay.status == 202 && replay.jobID == job && replay["Idempotency-Replayed"] == "true")
        }
        #expect(journal.keys.sorted() == Self.tenants.sorted())
        try expectOnboardedOnce(home, Self.tenants)
        #expect(try await front.stop() == 0)
    }

    /// Sends until the request is answered, over the daemon's deaths: the key makes it safe.
    private static func submit(_ tenant: String, _ front: Front) async throws -> Answer {
        var (client, life) = await front.client()
        while true {
            do {
                return try await client.onboard(tenant, [("Idempotency-Key", tenant)])
            } catch let error as HTTPClientError where [.connectionLost, .cannotConnect].contains(error.code) {
                (client, life) = await front.client(behind: life)
            }
        }
    }

    /// Shares the tenants among the clients, each one request at a time.
    private static func eachClient(_ work: @escaping @Sendable (String) async throws -> String) async throws -> [String] {
        try await withThrowingTaskGroup(of: [String].self) { group in
            for number in 0..<clients {
                group.addTask {
                    var answers: [String] = []
                    for tenant in stride(from: number, to: tenants.count, by: clients) { answers.append(try await work(tenants[tenant])) }
                    return answers
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
    }
}
