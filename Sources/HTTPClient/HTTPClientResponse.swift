// SPDX-License-Identifier: Apache-2.0

/// An answer of whatever status: 404 and 503 are answers, not errors. Redirects are not followed.
public struct HTTPClientResponse: Sendable, Equatable {
    public let status: Int
    /// Of the final answer, without those of `1xx` answers before it.
    public let headers: HTTPClientHeaders
    /// As sent: no content coding is asked for, and none undone.
    public let body: [UInt8]
}
