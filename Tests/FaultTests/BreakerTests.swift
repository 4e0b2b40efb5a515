// SPDX-License-Identifier: Apache-2.0
import JobQueue
import Testing
import Warehouse
import Workflow

@Suite("The breaker of a warehouse that is down")
struct BreakerTests {
    @Test("opens, delays all jobs without costing them attempts, says so, lets one probe through, and closes")
    func opens() async throws {
        let reserve = WarehouseCall.insert(CentralSchema.profiles)
        let policy = BreakerState.Policy(failures: 3, window: .seconds(30), open: .milliseconds(150))
        try await Site.with(breaker: policy) { daemon in
            daemon.warehouse.always(reserve, .outage)
            let first = try await daemon.submit()
            let waits = try await daemon.job(first) { $0.job.waitReason == .breakerOpen }
            #expect(waits.job.state == .retrying && waits.job.waitDetail == "reserve_tenant")
            // More where a probe has failed before we looked.
            #expect(waits.step("reserve_tenant").failures >= 3)
            let second = try await daemon.submit("other_corp")
            let held = try await daemon.job(second) { $0.job.waitReason == .breakerOpen }
            #expect(held.step("dryrun").attempt == 0 && held.failures.isEmpty)
            daemon.warehouse.heal()
            let ended = try await daemon.end(of: first)
            #expect(ended.job.state == .succeeded)
            #expect(ended.step("reserve_tenant").attempt == ended.failures.count + 1)
            #expect(ended.job.attempt > 1)
            let other = try await daemon.end(of: second)
            #expect(other.job.state == .succeeded && other.failures.isEmpty)
            #expect(daemon.breakers.phase(of: daemon.warehouse.kind.rawValue) == .closed(failures: []))
            try await daemon.expectOnboarded(first)
            try await daemon.expectOnboarded(second, tenant: "other_corp")
        }
    }

    @Test("opens again when the probe fails")
    func reopens() async throws {
        let reserve = WarehouseCall.insert(CentralSchema.profiles)
        let policy = BreakerState.Policy(failures: 2, window: .seconds(30), open: .milliseconds(20))
        try await Site.with(breaker: policy) { daemon in
            for _ in 0..<4 { daemon.warehouse.script(reserve, .outage) }
            let id = try await daemon.submit()
            let ended = try await daemon.end(of: id)
            #expect(ended.job.state == .succeeded && ended.failures.count == 4)
            #expect(ended.job.attempt >= 3)
        }
    }

    @Test("stays closed where single requests are refused")
    func refusals() async throws {
        let policy = BreakerState.Policy(failures: 1, window: .seconds(30), open: .seconds(60))
        try await Site.with(breaker: policy) { daemon in
            daemon.warehouse.script(.createDataset, .throttled, .throttled)
            let id = try await daemon.submit()
            #expect(try await daemon.end(of: id).job.state == .succeeded)
        }
    }
}
