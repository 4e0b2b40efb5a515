// SPDX-License-Identifier: Apache-2.0
import JobQueue
import Testing
import Warehouse
import Workflow

@Suite("A cancellation")
struct CancelTests {
    private static let beforeActivation = Moment.forward.filter { $0.step != "activate_tenant" }

    @Test("before anything has begun ends the job at once, and the same when repeated")
    func untouched() async throws {
        try await Site.with { daemon in
            try await daemon.store.setPaused(true)
            let id = try await daemon.submit()
            try await daemon.store.cancel(id)
            let ended = try #require(try await daemon.store.snapshot(of: id))
            #expect(ended.job.state == .cancelled && ended.steps.isEmpty)
            try await daemon.store.cancel(id)
            try await daemon.store.setPaused(false)
            try await daemon.expectFree()
        }
    }

    @Test("while a step runs waits for it, then takes everything back", arguments: beforeActivation)
    func running(moment: Moment) async throws {
        try await Site.with { daemon in
            daemon.warehouse.script(moment.call, .hang)
            let id = try await daemon.submit()
            await daemon.warehouse.reached(moment.call)
            try await daemon.store.cancel(id)
            try await daemon.store.cancel(id)
            let asked = try #require(try await daemon.store.snapshot(of: id))
            #expect(asked.job.cancelRequested && asked.job.state == .running)
            daemon.warehouse.release()
            let ended = try await daemon.end(of: id)
            #expect(ended.job.state == .cancelled)
            #expect(ended.step("activate_tenant").begun == nil)
            try await daemon.expectUndone(ended)
            try await daemon.store.cancel(id)
            try await daemon.expectFree()
        }
    }

    @Test("while a step waits does not wait for it", arguments: beforeActivation.filter { $0.step != "dryrun" })
    func waiting(moment: Moment) async throws {
        let throttled = Fault.refusal(
            WarehouseError(.quotaExceeded, "come back later", retry: .after(.seconds(600)), outcome: .unknown))
        try await Site.with { daemon in
            daemon.warehouse.script(moment.call, throttled)
            let id = try await daemon.submit()
            let waits = try await daemon.job(id) { $0.job.state == .retrying }
            #expect(waits.job.waitReason == .retry && waits.job.waitDetail == moment.step)
            try await daemon.store.cancel(id)
            let ended = try await daemon.end(of: id)
            #expect(ended.job.state == .cancelled)
            try await daemon.expectUndone(ended)
        }
    }

    @Test("from the activation on comes too late", arguments: Moment.activation + Moment.verification)
    func tooLate(moment: Moment) async throws {
        try await Site.with { daemon in
            daemon.warehouse.script(moment.call, .hang)
            let id = try await daemon.submit()
            await daemon.warehouse.reached(moment.call)
            await #expect(throws: StoreError.tooLate(id, .running)) { try await daemon.store.cancel(id) }
            daemon.warehouse.release()
            #expect(try await daemon.end(of: id).job.state == .succeeded)
            await #expect(throws: StoreError.tooLate(id, .succeeded)) { try await daemon.store.cancel(id) }
            try await daemon.expectOnboarded(id)
        }
    }

    @Test("while a failed job rolls back, and after, comes too late", arguments: Moment.undo)
    func rollingBack(moment: Moment) async throws {
        try await Site.with { daemon in
            daemon.warehouse.script(Moment.lastCheck, .forGood)
            daemon.warehouse.script(moment.call, .hang)
            let id = try await daemon.submit()
            await daemon.warehouse.reached(moment.call)
            await #expect(throws: StoreError.tooLate(id, .rollingBack)) { try await daemon.store.cancel(id) }
            daemon.warehouse.release()
            #expect(try await daemon.end(of: id).job.state == .failed)
            await #expect(throws: StoreError.tooLate(id, .failed)) { try await daemon.store.cancel(id) }
        }
    }

    @Test("of a retried job is possible again until it activates", arguments: [0, 1])
    func retried(leftover: Int) async throws {
        try await Site.with { daemon in
            daemon.warehouse.script(Moment.lastCheck, .forGood)
            if leftover == 1 { daemon.warehouse.script(.dropDataset, .forGood) }
            let id = try await daemon.submit()
            #expect(try await daemon.end(of: id).job.state == .failed)
            daemon.warehouse.script(leftover == 1 ? .dropDataset : .createDataset, .hang)
            try await daemon.retry(id)
            await daemon.warehouse.reached(leftover == 1 ? .dropDataset : .createDataset, times: 2)
            try await daemon.store.cancel(id)
            daemon.warehouse.release()
            let ended = try await daemon.end(of: id)
            #expect(ended.job.state == .cancelled && ended.job.leftovers == nil)
            try await daemon.expectNothingLeft()
            try await daemon.expectFree()
        }
    }

    @Test("that could not take everything back leaves that on record")
    func leftovers() async throws {
        try await Site.with { daemon in
            daemon.warehouse.script(.createComprehensiveView, .hang)
            daemon.warehouse.always(.dropDataset, .forGood)
            let id = try await daemon.submit()
            await daemon.warehouse.reached(.createComprehensiveView)
            try await daemon.store.cancel(id)
            daemon.warehouse.release()
            let ended = try await daemon.end(of: id)
            #expect(ended.job.state == .cancelled && ended.job.leftovers?.contains("create_dataset") == true)
            await #expect(throws: SubmissionRefusal.leftovers(id)) { try await daemon.submit() }
            daemon.warehouse.heal()
            #expect(try await daemon.reconcile([.fix]).isClean)
            try await daemon.expectFree()
        }
    }
}
