// SPDX-License-Identifier: Apache-2.0
import JobQueue
import Testing
import Warehouse
import Workflow

@Suite("What lands after the undo")
struct LateLandingTests {
    static let landing = Moment.afterDryRun.filter { moment in
        switch moment.call {
        case .insert, .createDataset: true
        default: false
        }
    }

    @Test("is found by a reconciliation, which clears it", arguments: landing)
    func landsLate(moment: Moment) async throws {
        try await Site.with(.impatient) { daemon in
            daemon.warehouse.always(moment.call, .landsLate)
            let id = try await daemon.submit()
            let ended = try await daemon.end(of: id)
            #expect(ended.job.state == .failed)
            try await daemon.expectUndone(ended)
            daemon.warehouse.heal()
            await daemon.warehouse.land()
            #expect(try await daemon.reconcile().isClean == false)
            _ = try await daemon.reconcile([.fix])
            #expect(try await daemon.reconcile().isClean)
            try await daemon.expectNothingLeft()
            try await daemon.expectFree()
        }
    }
}
