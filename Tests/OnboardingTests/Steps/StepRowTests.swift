// SPDX-License-Identifier: Apache-2.0
import JobQueue
import Testing
import Time
import Warehouse

@testable import Onboarding
@testable import Workflow

@Suite("A row that an onboarding writes")
struct StepRowTests {
    /// Half a second before midnight in UTC.
    private static let lateAtNight = WallTime(rfc3339: "2026-12-31T23:59:59.500Z") ?? .earliest

    private static func job(_ plan: Plan) throws -> OnboardingFacts {
        let input = OnboardInput(try OnboardRequest(body(["tenant_id": "\"Acme_Corp\""]), plans: PlanCatalog(plans: [plan])))
        return JobFacts(
            id: try #require(JobID(Site.strangeJob)), submitter: "tester", createdAt: lateAtNight, input: input, drawn: [:],
            outputs: [:])
    }

    private static let professional = Plan(name: "PROFESSIONAL", dailyLimit: 25, monthlyLimit: 750, concurrentLimit: 5)
    private static let onTrial = Plan(
        name: "PROFESSIONAL", dailyLimit: 25, monthlyLimit: 750, concurrentLimit: 5, trialDays: 14)

    @Test("of a quota is of the day in UTC, counts nothing yet and lacks no limit")
    func quota() throws {
        let row = try CreateUsageQuota.quota(Self.job(Self.professional), .init(createdAt: Self.lateAtNight))
        #expect(row["usage_id"] == .string("Acme_Corp_20261231") && row["usage_date"] == .date(UTCDate(Self.lateAtNight)))
        let limits = ["daily_limit", "monthly_limit", "concurrent_limit"].map { row[$0] }
        #expect(limits == [.integer(25), .integer(750), .integer(5)])
        let counters = [
            "pipelines_run_today", "pipelines_succeeded_today", "pipelines_failed_today", "pipelines_run_month",
            "concurrent_pipelines_running", "max_concurrent_reached",
        ]
        #expect(counters.allSatisfy { row[$0] == .integer(0) })
    }

    @Test("of a subscription has no end unless the plan is a trial")
    func subscription() throws {
        let drawn = CreateSubscription.Drawn(subscriptionID: "s", createdAt: Self.lateAtNight)
        let usual = try CreateSubscription.subscription(Self.job(Self.professional), drawn)
        #expect(usual["status"] == .string("ACTIVE") && usual["trial_end_date"] == .null)
        let limits = ["daily_limit", "monthly_limit", "concurrent_limit", "max_pipelines_per_day"].map { usual[$0] }
        #expect(limits == [.integer(25), .integer(750), .integer(5), .integer(25)])
        let trial = try CreateSubscription.subscription(Self.job(Self.onTrial), drawn)
        #expect(trial["status"] == .string("TRIAL"))
        #expect(trial["trial_end_date"] == UTCDate(text: "2027-01-14").map(WarehouseValue.date))
    }

    @Test("of a key has the seed system's scopes, no end, and no clear text")
    func key() async throws {
        try await Site.with { site in
            let trial = try await StepTrial(of: IssueAPIKey.name, on: "acme_corp", at: site)
            try await trial.run()
            let rows = try await site.warehouse.rows(in: CentralSchema.apiKeys, of: "acme_corp", until: site.soon)
            let row = try #require(rows.first)
            #expect(rows.count == 1 && row["is_active"] == .bool(true) && row["expires_at"] == .null)
            #expect(row["scopes"] == .strings(["pipelines:read", "pipelines:write", "pipelines:execute"]))
            guard case .bytes(let sealed) = row["encrypted_api_key"] else {
                Issue.record("no ciphertext")
                return
            }
            #expect(!String(decoding: sealed, as: UTF8.self).contains("_api_"))
        }
    }
}
