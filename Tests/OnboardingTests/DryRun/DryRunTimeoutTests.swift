// SPDX-License-Identifier: Apache-2.0
import Synchronization
import Testing
import Time
import Warehouse

@testable import Onboarding

/// A check that answers when the test says so, whatever becomes of its task.
private struct HangingCheck: Check {
    let name: String
    let severity: CheckSeverity
    let asked = FirstAnswer<BootTime>()
    let answer = FirstAnswer<CheckFinding>()

    func run(_ subject: CheckSubject) async -> CheckFinding {
        asked.give(subject.deadline)
        return await answer.taken()
    }
}

private struct ThrowingCheck: Check {
    let name = "throwing"
    let error: any Error & Sendable

    func run(_ subject: CheckSubject) async throws -> CheckFinding { throw error }
}

/// A pause that is over when the test says so.
private struct HeldPause: Sendable {
    let begun = FirstAnswer<Duration>()
    let over = FirstAnswer<Void>()

    func hold(_ duration: Duration) async {
        begun.give(duration)
        await over.taken()
    }
}

@Suite("A check of a dry-run")
struct DryRunTimeoutTests {
    private static func dryRun(_ checks: [any Check], at site: Site, _ pause: HeldPause) -> DryRun {
        let clock = site.clock.source
        let time = TimeSource(wall: clock.wall, boot: clock.boot, sleep: { await pause.hold($0) })
        return DryRun(
            tenants: site.tenants, warehouse: site.warehouse, plans: { [plans = site.plans] in plans }, pipeline: PipelineConfig.builtIn,
            time: time, checks: checks)
    }

    @Test("that hangs has failed after its time-out, and is not waited for", .timeLimit(.minutes(1)), arguments: [CheckSeverity.critical, .advisory])
    func hangs(severity: CheckSeverity) async throws {
        try await Site.with { site in
            let hanging = HangingCheck(name: "hanging", severity: severity), pause = HeldPause()
            let begun = site.clock.boot
            let dryRun = Self.dryRun([hanging], at: site, pause)
            let request = try DryRunRequest(body())
            async let answer = dryRun.run(request)
            #expect(await pause.begun.taken() == .seconds(10))
            #expect(await hanging.asked.taken() == begun + .seconds(10))
            site.clock.pass(.seconds(10))
            pause.over.give(())
            let report = await answer
            let result = try #require(report.validationResults.first)
            #expect(result.status == .failed && result.error == "timeout" && result.passed == false)
            #expect(result.message.contains("10.0 seconds") && result.durationMilliseconds == 10_000)
            #expect(report.readyForOnboarding == (severity == .advisory))
            hanging.answer.give(.passed("too late"))
        }
    }

    @Test("that answers before its time-out is waited for, in the order of the report")
    func answers() async throws {
        try await Site.with { site in
            let slow = HangingCheck(name: "slow", severity: .critical), quick = HangingCheck(name: "quick", severity: .critical)
            let pause = HeldPause()
            let dryRun = Self.dryRun([slow, quick], at: site, pause)
            let request = try DryRunRequest(body())
            async let answer = dryRun.run(request)
            _ = await slow.asked.taken()
            _ = await quick.asked.taken()
            quick.answer.give(.passed("at once"))
            site.clock.pass(.seconds(9))
            slow.answer.give(.failed("code", "at last"))
            let report = await answer
            #expect(report.validationResults.map(\.checkName) == ["slow", "quick"])
            #expect(report.validationResults.map(\.message) == ["at last", "at once"])
            #expect(report.validationResults[0].durationMilliseconds == 9_000)
            pause.over.give(())
        }
    }

    @Test("that could not ask the warehouse has failed with the warehouse's own reason")
    func warehouseError() async throws {
        try await Site.with { site in
            let error = WarehouseError(.accessDenied, "grant the account the right", retry: .never)
            let pause = HeldPause()
            let result = await Self.dryRun([ThrowingCheck(error: error)], at: site, pause).run(try DryRunRequest(body())).validationResults[0]
            #expect(result.status == .failed && result.error == "access_denied" && result.message == "grant the account the right")
            pause.over.give(())
        }
    }

    @Test("that fails as nobody expected has failed, and nothing else does")
    func unexpected() async throws {
        try await Site.with { site in
            let pause = HeldPause()
            let checks: [any Check] = [ThrowingCheck(error: CancellationError()), EmailFormatCheck()]
            let report = await Self.dryRun(checks, at: site, pause).run(try DryRunRequest(body()))
            #expect(report.validationResults.map(\.error) == ["unexpected", nil])
            #expect(report.validationResults.map(\.status) == [.failed, .passed])
            pause.over.give(())
        }
    }
}
