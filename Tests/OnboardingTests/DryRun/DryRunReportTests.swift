// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@testable import Onboarding

@Suite("A dry-run's report")
struct DryRunReportTests {
    private static let statuses: [CheckStatus] = [.passed, .failed, .skipped, .warning]

    /// Every mixture of three critical checks and an advisory one.
    static let mixtures: [[CheckStatus]] = statuses.flatMap { first in
        statuses.flatMap { second in statuses.flatMap { third in statuses.map { [first, second, third, $0] } } }
    }

    private static func report(_ mixture: [CheckStatus]) throws -> DryRunReport {
        let results = mixture.enumerated().map { position, status in
            CheckResult(
                checkName: "check_\(position)", passed: status != .failed, status: status,
                severity: position == 3 ? .advisory : .critical, message: "found \(position)", details: [:],
                error: status == .failed ? "code" : nil, durationMilliseconds: 1, timestamp: "2026-11-23T08:30:00.000Z")
        }
        return DryRunReport(try DryRunRequest(body()), results, job: "job_1")
    }

    @Test("adds up, whatever its checks found", arguments: mixtures)
    func sums(mixture: [CheckStatus]) throws {
        let report = try Self.report(mixture)
        let summary = report.validationSummary
        #expect(summary.totalChecks == 4)
        #expect(summary.passed + summary.failed + summary.skipped + summary.warnings == 4)
        #expect(summary.failed == mixture.count { $0 == .failed } && summary.warnings == mixture.count { $0 == .warning })
        #expect(summary.skipped == mixture.count { $0 == .skipped })
        let isReady = !mixture.prefix(3).contains(.failed)
        #expect(report.readyForOnboarding == isReady && summary.allPassed == isReady)
        #expect(report.status == (isReady ? .success : .failed))
        for (position, status) in mixture.enumerated() where status == .failed {
            #expect(report.message.contains("check_\(position)") == (position < 3 || isReady), "\(report.message)")
        }
    }

    @Test("has the seed system's shape")
    func shape() throws {
        let object = try JSONSerialization.jsonObject(with: JSONEncoder().encode(Self.report([.passed, .failed, .skipped, .warning])))
        let report = try #require(object as? [String: Any])
        #expect(Set(report.keys) == [
            "status", "tenant_id", "subscription_plan", "company_name", "admin_email", "ready_for_onboarding", "validation_summary",
            "validation_results", "message", "job_id",
        ])
        #expect(report["status"] as? String == "FAILED")
        let summary = try #require(report["validation_summary"] as? [String: Any])
        #expect(Set(summary.keys) == ["total_checks", "passed", "failed", "skipped", "warnings", "all_passed"])
        let results = try #require(report["validation_results"] as? [[String: Any]])
        let members: Set = ["check_name", "passed", "status", "severity", "message", "details", "duration_ms", "timestamp"]
        #expect(results.map { Set($0.keys) } == [members, members.union(["error"]), members, members])
        #expect(results.map { $0["status"] as? String } == ["PASSED", "FAILED", "SKIPPED", "WARNING"])
        #expect(results.map { $0["severity"] as? String } == ["critical", "critical", "critical", "advisory"])
        #expect(results.map { $0["passed"] as? Bool } == [true, false, true, true])
    }
}
