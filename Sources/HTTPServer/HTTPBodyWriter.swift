// SPDX-License-Identifier: Apache-2.0

/// The service's end of an answer whose body is written as it comes (`HTTPAnswer.stream`).
public struct HTTPBodyWriter: Sendable {
    let stream: BodyStream

    /// Hands over `bytes`. Waits while the client is behind by more than `HTTPLimits.streamBacklog` bytes.
    /// - Returns: false when the client has gone or the server stops: nothing more will be sent, so return. A client
    ///   that has gone is noticed at the second write after it at the latest: a silent stream needs a comment at times.
    public func write(_ bytes: [UInt8]) async -> Bool {
        await stream.write(bytes)
    }
}
