// SPDX-License-Identifier: Apache-2.0

/// One JSON value, as `JSONScanner` reads it from a request.
public enum JSONValue: Sendable, Equatable {
    case null
    case bool(Bool)
    /// A number written without fraction and exponent; it fits in 64 bits (`-0` is 0).
    case integer(Int64)
    /// A number written with a fraction or an exponent, so also `1.0` and `1e2`; always finite.
    case number(Double)
    /// Text without lone surrogates. It may hold U+0000, which JSON allows as `\u0000`.
    case string(String)
    case array([JSONValue])
    case object(JSONObject)
}
