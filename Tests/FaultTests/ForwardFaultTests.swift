// SPDX-License-Identifier: Apache-2.0
import JobQueue
import Testing
import Warehouse
import Workflow

@Suite("An onboarding whose warehouse fails at one call")
struct ForwardFaultTests {
    struct Passing: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let faults: [Fault]
        let code: String
        var hangs = false
    }

    static let passing = [
        Passing(testDescription: "fails once", faults: [.outage], code: "unavailable"),
        Passing(testDescription: "fails thrice", faults: [.outage, .throttled, .outage], code: "unavailable"),
        Passing(testDescription: "loses its answer", faults: [.lostAnswer], code: "unavailable"),
        Passing(testDescription: "hangs", faults: [.hang], code: "timeout", hangs: true),
        Passing(testDescription: "is done and hangs", faults: [.doneThenHang], code: "timeout", hangs: true),
    ]

    @Test("succeeds after what passes, with everything there once", arguments: Moment.forward + Moment.verification, passing)
    func passes(moment: Moment, fault: Passing) async throws {
        try await Site.with(fault.hangs ? .impatient : .patient) { daemon in
            for one in fault.faults { daemon.warehouse.script(moment.call, one) }
            let id = try await daemon.submit()
            let ended = try await daemon.end(of: id)
            #expect(ended.job.state == .succeeded)
            #expect(ended.job.warnings == nil)
            try await daemon.expectOnboarded(id)
            let failures = ended.failures.filter { $0.step == moment.step }
            #expect(failures.count >= fault.faults.count)
            let first = try #require(failures.first)
            #expect(first.attempt == 1 && first.direction == .run && first.retryable)
            #expect(first.code == fault.code || moment.step == "dryrun")
            #expect(first.retryAt ?? first.at >= first.at)
            #expect(ended.step(moment.step).attempt == failures.count + 1)
        }
    }

    @Test("succeeds, and what lands late changes nothing", arguments: Moment.afterDryRun + Moment.verification)
    func landsLate(moment: Moment) async throws {
        try await Site.with(.impatient) { daemon in
            daemon.warehouse.script(moment.call, .landsLate)
            let id = try await daemon.submit()
            #expect(try await daemon.end(of: id).job.state == .succeeded)
            await daemon.warehouse.land()
            try await daemon.expectOnboarded(id)
            #expect(try await daemon.reconcile().isClean)
        }
    }

    @Test("goes on where the service does not yet see what it was just told to make, or our right to it",
        arguments: [WarehouseCall.createValidationTable, .createComprehensiveView])
    func settling(call: WarehouseCall) async throws {
        try await Site.with { daemon in
            daemon.warehouse.script(call, .denied)
            let id = try await daemon.submit()
            let ended = try await daemon.end(of: id)
            #expect(ended.job.state == .succeeded && ended.failures.map(\.code) == ["access_denied"])
        }
    }

    struct Lasting: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let fault: Fault
        let times: Int
        let code: String
    }

    static let lasting = [
        Lasting(testDescription: "is refused for good", fault: .forGood, times: 1, code: "not_supported"),
        Lasting(testDescription: "refuses the row", fault: .refusedRow, times: 1, code: "schema_mismatch"),
        Lasting(testDescription: "fails at each attempt", fault: .outage, times: 5, code: "unavailable"),
        Lasting(testDescription: "loses each answer", fault: .lostAnswer, times: 5, code: "unavailable"),
    ]

    @Test("fails after what doesn't pass, with everything undone", arguments: Moment.forward, lasting)
    func fails(moment: Moment, fault: Lasting) async throws {
        try await Site.with { daemon in
            for _ in 0..<fault.times { daemon.warehouse.script(moment.call, fault.fault) }
            let id = try await daemon.submit()
            let ended = try await daemon.end(of: id)
            #expect(ended.job.state == .failed)
            try await daemon.expectUndone(ended)
            let failures = ended.failures.filter { $0.step == moment.step && $0.direction == .run }
            #expect(failures.last?.retryAt == nil)
            #expect(failures.dropLast().allSatisfy { $0.retryAt != nil })
            #expect(failures.map(\.attempt) == Array(1...failures.count))
            #expect(failures.last?.code == fault.code || moment.step == "dryrun")
            #expect(ended.job.error?.contains(#""step":"\#(moment.step)""#) == true)
            if case .lostAnswer = fault.fault { try await daemon.expectFree() }
        }
    }

    @Test("only warns where the trial run fails", arguments: Moment.verification, lasting)
    func warns(moment: Moment, fault: Lasting) async throws {
        try await Site.with { daemon in
            daemon.warehouse.always(moment.call, fault.fault)
            let id = try await daemon.submit()
            let ended = try await daemon.end(of: id)
            #expect(ended.job.state == .succeeded)
            #expect(ended.step("verify_pipeline").state == .warning)
            #expect(ended.job.warnings?.contains("verify_pipeline") == true)
            #expect(ended.job.result?.contains(#""dryrun_status":"FAILED""#) == true)
            if fault.code == "schema_mismatch" { #expect(ended.job.warnings?.contains("row 1, column created_at") == true) }
            let wasWritten = if case .append = moment.call, case .lostAnswer = fault.fault { true } else { false }
            try await daemon.expectOnboarded(id, verified: wasWritten)
        }
    }

    @Test("goes on after a retry where it failed, and checks again first", arguments: Moment.forward)
    func retried(moment: Moment) async throws {
        try await Site.with { daemon in
            daemon.warehouse.script(moment.call, .forGood)
            let id = try await daemon.submit()
            let first = try await daemon.end(of: id)
            #expect(first.job.state == .failed && first.job.attempt == 1)
            let checks = first.step("dryrun").attempt
            try await daemon.retry(id)
            let ended = try await daemon.end(of: id)
            #expect(ended.job.state == .succeeded)
            #expect(ended.job.attempt > first.job.attempt)
            #expect(ended.step("dryrun").attempt == checks + 1)
            #expect(ended.job.error == nil && ended.job.leftovers == nil)
            #expect(ended.failures.count == first.failures.count)
            try await daemon.expectOnboarded(id)
        }
    }
}
