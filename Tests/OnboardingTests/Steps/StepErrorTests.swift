// SPDX-License-Identifier: Apache-2.0
import Testing
import Warehouse

@testable import Onboarding
@testable import Workflow

@Suite("An error of the warehouse")
struct StepErrorTests {
    @Test("keeps its code and its words", arguments: WarehouseError.Code.allCases)
    func kept(code: WarehouseError.Code) {
        let error = StepError(WarehouseError(code, "what and how to mend it", retry: .never))
        #expect(error.code == code.rawValue && error.message == "what and how to mend it" && error.retry == .never)
    }

    static let retries: [(of: WarehouseError.Retry, means: StepError.Retry)] = [
        (.never, .never), (.withBackoff, .withBackoff), (.after(.seconds(7)), .after(.seconds(7))),
    ]

    @Test("is tried again when the service says so", arguments: retries)
    func retried(of: WarehouseError.Retry, means: StepError.Retry) {
        #expect(StepError(WarehouseError(.quotaExceeded, "", retry: of)).retry == means)
    }

    @Test("about what this job has just made may pass, if it says that it isn't there or isn't ours", arguments: WarehouseError.Code.allCases)
    func fresh(code: WarehouseError.Code) {
        let error = StepError(WarehouseError(code, "", retry: .never), isFresh: true)
        #expect((error.retry == .withBackoff) == [.notFound, .accessDenied].contains(code))
    }

    static let outages: [(code: WarehouseError.Code, outcome: WarehouseError.Outcome)] =
        WarehouseError.Code.allCases.flatMap { code in [(code, .notDone), (code, .unknown)] }

    @Test("counts as an outage if the service failed, not if the call was refused or came too late", arguments: outages)
    func outage(code: WarehouseError.Code, outcome: WarehouseError.Outcome) {
        let error = StepError(WarehouseError(code, "", retry: .withBackoff, outcome: outcome))
        #expect(error.isOutage == (code == .unavailable || code == .deadlineExceeded && outcome == .unknown))
    }

    @Test("is fresh for a minute")
    func settling() async throws {
        try await Site.with { site in
            let environment = OnboardingEnvironment(
                warehouse: site.warehouse, tenants: site.tenants, dryRun: site.dryRun(), key: site.key, policies: .init(),
                time: site.clock.source)
            let madeAt = site.clock.wall
            func retry() async -> StepError.Retry? {
                let error = await #expect(throws: StepError.self) {
                    try await environment.ask(about: madeAt) { _ throws(WarehouseError) in
                        throw WarehouseError(.notFound, "", retry: .never)
                    }
                }
                return error?.retry
            }
            site.clock.pass(.seconds(59))
            #expect(await retry() == .withBackoff)
            site.clock.pass(.seconds(1))
            #expect(await retry() == .never)
        }
    }
}
