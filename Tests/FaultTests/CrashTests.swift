// SPDX-License-Identifier: Apache-2.0
import JobQueue
import Testing
import Time
import Warehouse
import Workflow

@Suite("A daemon that is killed")
struct CrashTests {
    enum Instant: String, CaseIterable, Sendable {
        case beforeTheEffect, afterTheEffect

        var fault: Fault { self == .beforeTheEffect ? .hang : .doneThenHang }
    }

    @Test("in the middle of a step is followed by one that finishes the job, with everything there once",
        arguments: Moment.forward + Moment.verification, Instant.allCases)
    func forward(moment: Moment, instant: Instant) async throws {
        try await Site.with { daemon in
            daemon.warehouse.script(moment.call, instant.fault)
            let id = try await daemon.submit()
            await daemon.warehouse.reached(moment.call)
            let next = try await daemon.crashed()
            #expect(next.store.identity.recoveredJobs == 1)
            let ended = try await next.end(of: id)
            #expect(ended.job.state == .succeeded)
            #expect(ended.job.attempt == 1 && ended.failures.isEmpty, "\(ended.failures)")
            #expect(ended.step(moment.step).attempt == 2 && ended.step(moment.step).interruptions == 1)
            try await next.expectOnboarded(id)
        }
    }

    @Test("in the middle of an undo is followed by one that leaves nothing", arguments: Moment.undo, Instant.allCases)
    func undo(moment: Moment, instant: Instant) async throws {
        try await Site.with { daemon in
            daemon.warehouse.script(Moment.lastCheck, .forGood)
            daemon.warehouse.script(moment.call, instant.fault)
            let id = try await daemon.submit()
            await daemon.warehouse.reached(moment.call)
            let next = try await daemon.crashed()
            let ended = try await next.end(of: id)
            #expect(ended.job.state == .failed)
            try await next.expectUndone(ended)
            try await next.expectFree()
        }
    }

    @Test("after a cancellation is followed by one that takes everything back", arguments: Moment.afterDryRun.prefix(7))
    func cancelled(moment: Moment) async throws {
        try await Site.with { daemon in
            daemon.warehouse.script(moment.call, .doneThenHang)
            let id = try await daemon.submit()
            await daemon.warehouse.reached(moment.call)
            try await daemon.store.cancel(id)
            let next = try await daemon.crashed()
            let ended = try await next.end(of: id)
            #expect(ended.job.state == .cancelled)
            try await next.expectUndone(ended)
        }
    }

    @Test("claims nothing more once the next one has started")
    func superseded() async throws {
        try await Site.with { daemon in
            try await daemon.store.setPaused(true)
            let id = try await daemon.submit()
            let next = try await daemon.crashed()
            try await daemon.store.setPaused(false)
            let claimed = try await daemon.store.claim(Room(byKind: [daemon.workflow.kind: 1], total: 1)) { _ in
                Beginning(advance: nil, work: { _ in })
            }
            #expect(claimed.isEmpty)
            try await next.store.setPaused(false)
            #expect(try await next.end(of: id).job.state == .succeeded)
        }
    }

    @Test("while stopping hands back what it can't finish, without an attempt", arguments: Moment.afterDryRun + Moment.verification)
    func stopped(moment: Moment) async throws {
        try await Site.with { daemon in
            daemon.warehouse.script(moment.call, .hang)
            let id = try await daemon.submit()
            await daemon.warehouse.reached(moment.call)
            await daemon.dispatcher.stop(within: .zero)
            let handedBack = try #require(try await daemon.store.snapshot(of: id))
            #expect(handedBack.job.place == .ready && handedBack.step(moment.step).attempt == 0)
            let next = try await daemon.site.start(.patient)
            let ended = try await next.end(of: id)
            #expect(ended.job.state == .succeeded && ended.job.attempt == 1)
            #expect(ended.step(moment.step).attempt == 1 && ended.step(moment.step).interruptions == 0)
            try await next.expectOnboarded(id)
        }
    }

    @Test("and whose job is in other hands records nothing", arguments: Moment.afterDryRun + Moment.verification)
    func stale(moment: Moment) async throws {
        try await Site.with { daemon in
            daemon.warehouse.script(moment.call, .hang)
            let id = try await daemon.submit()
            await daemon.warehouse.reached(moment.call)
            _ = try await daemon.job(id) { $0.steps.filter { $0.state == .running }.map(\.name) == [moment.step] }
            daemon.site.clock.pass(.seconds(31))
            _ = try await daemon.store.moveDue()
            let ended = try await daemon.end(of: id)
            #expect(ended.job.state == .succeeded && ended.failures.isEmpty, "\(ended.failures)")
            #expect(ended.job.fence == 2 && ended.job.attempt == 1)
            daemon.warehouse.release()
            await daemon.dispatcher.stop(within: .seconds(1))
            let later = try #require(try await daemon.store.snapshot(of: id))
            #expect(later.job.version == ended.job.version)
            try await daemon.expectOnboarded(id)
        }
    }
}
