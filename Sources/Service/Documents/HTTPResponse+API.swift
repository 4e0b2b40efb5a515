// SPDX-License-Identifier: Apache-2.0
import HTTPServer

extension HTTPResponse {
    /// An answer of the API: browsers keep no copy of it and don't guess at its type.
    static func api(status: Int, headers: [(String, String)] = [], body: [UInt8] = []) -> HTTPResponse {
        HTTPResponse(
            status: status, headers: headers + [("Cache-Control", "no-store"), ("X-Content-Type-Options", "nosniff")], body: body)
    }

    static func json(_ status: Int, _ value: some Encodable, headers: [(String, String)] = []) -> HTTPResponse {
        .json(status, bytes: JSONText.bytes(value), headers: headers)
    }

    static func json(_ status: Int, bytes: [UInt8], headers: [(String, String)] = []) -> HTTPResponse {
        .api(status: status, headers: headers + [("Content-Type", "application/json")], body: bytes)
    }
}
