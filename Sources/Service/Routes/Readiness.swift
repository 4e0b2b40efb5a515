// SPDX-License-Identifier: Apache-2.0
import HTTPServer
import JSON
import JobQueue
import Time
import Warehouse
import Workflow

extension Route {
    static let readiness = Route(
        .get, "/health/ready", access: .open, "Whether a submission would be accepted and worked on",
        responses: [.ok(200, "Readiness", "it would; a warehouse outage, which the queue rides out, is told")],
        problems: [.notReady]
    ) { api, _ in
        .later {
            let reasons = await api.reasonsNotReady()
            let warehouse = WarehouseReadiness(api.context)
            guard reasons.isEmpty else {
                throw Problem(.notReady, reasons.joined(separator: "; ")).with([
                    "reasons": .array(reasons.map(JSONValue.string)), "warehouse": .string(warehouse.word),
                ])
            }
            let isPaused = try await api.context.store.isPaused()
            return .json(
                200, ReadinessDocument(status: "ready", paused: isPaused, warehouse: warehouse.word, breaker: warehouse.breaker))
        }
    }
}

private struct ReadinessDocument: Encodable {
    let status: String
    /// Submissions are taken, and no forward work is done until `resume`.
    let paused: Bool
    let warehouse: String
    let breaker: BreakerDocument
}

private struct BreakerDocument: Encodable {
    let state: String
    /// When the next call may go.
    let until: String?
}

private struct WarehouseReadiness {
    let word: String
    let breaker: BreakerDocument

    init(_ context: APIContext) {
        func wall(_ time: BootTime) -> String { (context.time.wall() + (time - context.time.boot())).rfc3339 }
        switch context.breakers.phase(of: context.warehouse.kind.rawValue) {
        case .closed:
            word = "ok"
            breaker = BreakerDocument(state: "closed", until: nil)
        case .open(let until):
            word = "degraded"
            breaker = BreakerDocument(state: "open", until: wall(until))
        case .halfOpen(let until):
            word = "degraded"
            breaker = BreakerDocument(state: "half_open", until: wall(until))
        }
    }
}

extension API {
    fileprivate func reasonsNotReady() async -> [String] {
        var reasons: [String] = []
        if context.isStopping() { reasons.append("the daemon is stopping") }
        switch context.store.writerHealth.state {
        case .open: break
        case .suspect: reasons.append("nothing is written until the job store's log is safely on disk")
        case .closed: reasons.append("the job store is closed")
        }
        do {
            let depth = context.store.limits.queueDepth
            if try await context.store.liveCount() >= depth { reasons.append("the queue is full: \(depth) jobs") }
        } catch {
            context.log.error("api.not_ready", "the job store can't be read: \(error)")
            reasons.append("the job store can't be read")
        }
        if let trouble = await context.workerTrouble() { reasons.append("no worker answers: \(trouble)") }
        return reasons
    }
}
