// SPDX-License-Identifier: Apache-2.0

/// How the request says where its body ends (RFC 9112, 6.3).
public enum HTTPBodyFraming: Sendable, Equatable {
    /// Neither Content-Length nor Transfer-Encoding: no body.
    case none
    /// Content-Length, in bytes.
    case length(UInt64)
    /// `Transfer-Encoding: chunked`: the length is not known before the end.
    case chunked
}
