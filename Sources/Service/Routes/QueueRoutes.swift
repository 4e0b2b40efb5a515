// SPDX-License-Identifier: Apache-2.0
import HTTPServer
import JobQueue

extension Route {
    static let pauseQueue = Route(
        .post, "/api/v1/queue/pause", access: .admin, "Stops forward work, over restarts too; intake, dry-runs and undo go on",
        body: .emptyObject, responses: [.ok(200, "QueueState", "the queue is paused")]
    ) { api, _ in .later { try await api.setPaused(true) } }

    static let resumeQueue = Route(
        .post, "/api/v1/queue/resume", access: .admin, "Starts forward work again", body: .emptyObject,
        responses: [.ok(200, "QueueState", "the queue is not paused")]
    ) { api, _ in .later { try await api.setPaused(false) } }
}

extension API {
    fileprivate func setPaused(_ isPaused: Bool) async throws -> HTTPResponse {
        try await context.store.setPaused(isPaused)
        return .json(200, ["paused": isPaused])
    }
}
