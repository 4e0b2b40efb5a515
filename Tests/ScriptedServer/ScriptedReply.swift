// SPDX-License-Identifier: Apache-2.0

public struct ReceivedRequest: Sendable {
    public let method: String
    /// Path and query as sent.
    public let target: String
    /// Names in lower case.
    public let headers: [String: String]
    public let body: [UInt8]
    /// Counted from 1.
    public let connection: Int

    public var text: String { String(decoding: body, as: UTF8.self) }
}

public enum ScriptedReply: Sendable {
    case answer(Int, headers: [String: String] = [:], body: [UInt8] = [])
    /// These bytes, then the connection is closed.
    case raw(String)
    case closeConnection
    /// Nothing, until the client goes away.
    case silence

    public static func json(_ status: Int, _ text: String, headers: [String: String] = [:]) -> Self {
        let type = status >= 400 ? "application/problem+json" : "application/json"
        return .answer(status, headers: headers.merging(["Content-Type": type]) { given, _ in given }, body: Array(text.utf8))
    }
}
