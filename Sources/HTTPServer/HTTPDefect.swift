// SPDX-License-Identifier: Apache-2.0

/// What is wrong with a request that libmicrohttpd lets pass and this server does not; the connection closes after
/// the answer, because where the next request begins can't be trusted.
public struct HTTPDefect: Sendable, Equatable {
    public enum Code: Sendable, CaseIterable {
        /// 400: the head breaks RFC 9112 (a NUL, a bare CR or LF, a folded line, a name that is no token, no `Host` or two).
        case malformedHead
        /// 400: where the body ends is ambiguous (two Content-Lengths, both it and Transfer-Encoding).
        case ambiguousLength
        /// 501: a transfer coding other than `chunked`.
        case unknownTransferCoding
        /// 431: the head fits the connection's memory but leaves no room for the answer's.
        case headTooLarge
    }

    public let code: Code
    /// What exactly, in words for the client. Holds no byte of the request.
    public let message: String
}
