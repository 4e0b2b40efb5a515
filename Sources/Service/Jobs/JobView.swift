// SPDX-License-Identifier: Apache-2.0
import HTTPServer
import JobQueue
import Time

/// A job's document as it is answered, made once for each version of the job.
struct JobView: Sendable {
    let id: JobID
    let seq: Int64
    let state: JobState
    let version: Int64
    let body: [UInt8]
    /// What it waits for, where it waits for a time.
    let dueAt: WallTime?
    /// Until when the body may be used, where it tells something that changes without the job; nil: always.
    let freshUntil: BootTime?

    /// The opaque part of the entity tag. The tag is weak: a place in line is told without a new one.
    var tag: String { String(version) }

    private static let shortestPause: Int64 = 1, longestPause: Int64 = 60

    /// - Parameter status: 200, or 202 where the job was asked to change.
    func response(status: Int = 200, now: WallTime) -> HTTPResponse {
        .json(status, bytes: body, headers: headers(now: now))
    }

    func notModified(now: WallTime) -> HTTPResponse {
        .api(status: 304, headers: headers(now: now))
    }

    private func headers(now: WallTime) -> [(String, String)] {
        var headers = [("ETag", "W/\"\(version)\"")]
        if !state.isEnded { headers.append(("Retry-After", String(pause(now)))) }
        return headers
    }

    /// Seconds after which it is worth to ask again.
    private func pause(_ now: WallTime) -> Int64 {
        guard let dueAt else { return Self.shortestPause }
        return min(max((dueAt - now).components.seconds + 1, Self.shortestPause), Self.longestPause)
    }
}
