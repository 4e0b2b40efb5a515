// SPDX-License-Identifier: Apache-2.0
import JobQueue
import Onboarding
import Testing
import Warehouse
import Workflow

@Suite("An undo whose warehouse fails at one call")
struct UndoFaultTests {
    struct Passing: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let faults: [Fault]
        var hangs = false
    }

    static let passing = [
        Passing(testDescription: "fails once", faults: [.outage]),
        Passing(testDescription: "fails thrice", faults: [.outage, .throttled, .outage]),
        Passing(testDescription: "fails more often than a step may", faults: Array(repeating: .outage, count: 9)),
        Passing(testDescription: "loses its answer", faults: [.lostAnswer]),
        Passing(testDescription: "hangs", faults: [.hang], hangs: true),
        Passing(testDescription: "is done and hangs", faults: [.doneThenHang], hangs: true),
        Passing(testDescription: "lands late", faults: [.landsLate], hangs: true),
    ]

    @Test("is tried until nothing is left", arguments: Moment.undo, passing)
    func passes(moment: Moment, fault: Passing) async throws {
        try await Site.with(fault.hangs ? .impatient : .patient) { daemon in
            daemon.warehouse.script(Moment.lastCheck, .forGood)
            for one in fault.faults { daemon.warehouse.script(moment.call, one) }
            let id = try await daemon.submit()
            let ended = try await daemon.end(of: id)
            #expect(ended.job.state == .failed)
            try await daemon.expectUndone(ended)
            let undos = ended.failures.filter { $0.step == moment.step && $0.direction == .undo }
            #expect(undos.count >= fault.faults.count)
            #expect(undos.allSatisfy { $0.retryAt != nil })
            await daemon.warehouse.land()
            try await daemon.expectNothingLeft()
            try await daemon.expectFree()
        }
    }

    struct Lasting: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let fault: Fault
    }

    static let lasting = [
        Lasting(testDescription: "is refused for good", fault: .forGood),
        Lasting(testDescription: "fails until the time for it is over", fault: .outage),
    ]

    @Test("that can't be done is a leftover, which holds the id until a retry finishes it", arguments: Moment.undo, lasting)
    func retried(moment: Moment, fault: Lasting) async throws {
        try await Site.with(.resigned) { daemon in
            let ended = try await leaveBehind(moment, fault.fault, daemon)
            daemon.warehouse.heal()
            try await daemon.retry(ended.job.id)
            let again = try await daemon.end(of: ended.job.id)
            #expect(again.job.state == .succeeded, "\(again.job.error ?? "")")
            #expect(again.job.leftovers == nil)
            try await daemon.expectOnboarded(ended.job.id)
            #expect(try await daemon.reconcile().isClean)
        }
    }

    @Test("that can't be done is a leftover, which a reconciliation clears", arguments: Moment.undo, lasting)
    func reconciled(moment: Moment, fault: Lasting) async throws {
        try await Site.with(.resigned) { daemon in
            let ended = try await leaveBehind(moment, fault.fault, daemon)
            let found = try await daemon.reconcile()
            #expect(found.leftovers.map(\.jobID) == [ended.job.id.text])
            #expect(try await daemon.reconcile([.fix]).isClean == false)
            daemon.warehouse.heal()
            #expect(try await daemon.reconcile([.fix]).leftovers.allSatisfy(\.cleared))
            #expect(try await daemon.reconcile().isClean)
            try await daemon.expectNothingLeft()
            try await daemon.expectFree()
        }
    }

    @Test("that fails again in a retried job is a leftover again", arguments: Moment.undo)
    func failsAgain(moment: Moment) async throws {
        try await Site.with(.resigned) { daemon in
            let ended = try await leaveBehind(moment, .forGood, daemon)
            try await daemon.retry(ended.job.id)
            let again = try await daemon.end(of: ended.job.id)
            #expect(again.job.state == .failed)
            try await expectHeld(by: again, moment, daemon)
            daemon.warehouse.heal()
            try await daemon.retry(ended.job.id)
            #expect(try await daemon.end(of: ended.job.id).job.state == .succeeded)
            try await daemon.expectOnboarded(ended.job.id)
        }
    }

    @Test("of an activation whose answers were all lost leaves nothing, even if the activation itself can't be taken back")
    func activationInDoubt() async throws {
        let update = WarehouseCall.update(CentralSchema.profiles)
        try await Site.with { daemon in
            for _ in 0..<5 { daemon.warehouse.script(update, .lostAnswer) }
            daemon.warehouse.script(update, .forGood)
            let id = try await daemon.submit()
            let ended = try await daemon.end(of: id)
            #expect(ended.job.state == .failed)
            #expect(ended.job.leftovers?.contains("activate_tenant") == true)
            #expect(ended.step("reserve_tenant").state == .rolledBack)
            try await daemon.expectNothingLeft()
            daemon.warehouse.heal()
            try await daemon.retry(id)
            #expect(try await daemon.end(of: id).job.state == .succeeded)
            try await daemon.expectOnboarded(id)
        }
    }

    /// Onboards, fails at the end, and can't undo one thing.
    private func leaveBehind(_ moment: Moment, _ fault: Fault, _ daemon: DaemonUnderTest) async throws -> JobSnapshot {
        daemon.warehouse.script(Moment.lastCheck, .forGood)
        daemon.warehouse.always(moment.call, fault)
        let id = try await daemon.submit()
        let ended = try await daemon.end(of: id)
        #expect(ended.job.state == .failed)
        try await daemon.expectReverseUndo(ended)
        try await expectHeld(by: ended, moment, daemon)
        return ended
    }

    private func expectHeld(by ended: JobSnapshot, _ moment: Moment, _ daemon: DaemonUnderTest) async throws {
        #expect(ended.step(moment.step).state == .rollbackFailed)
        #expect(ended.job.leftovers?.contains(moment.step) == true)
        for step in ended.steps where DaemonUnderTest.tracingSteps.contains(step.name) && step.name != moment.step {
            #expect([.rolledBack, .skipped].contains(step.state), "\(step.name)")
        }
        await #expect(throws: (any Error).self) { try await daemon.submit() }
        await #expect(throws: (any Error).self) { try await daemon.submit("ACME_Corp") }
    }
}
