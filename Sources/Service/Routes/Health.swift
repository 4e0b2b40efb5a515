// SPDX-License-Identifier: Apache-2.0
import HTTPServer

extension Route {
    static let health = Route(
        .get, "/health", access: .open, "Whether the server answers at all",
        responses: [.ok(200, "Health", "it does")]
    ) { _, _ in .now(.json(200, bytes: healthy)) }

    private static let healthy = Array(#"{"status":"healthy"}"#.utf8)
}
