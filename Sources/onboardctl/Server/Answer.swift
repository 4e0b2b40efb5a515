// SPDX-License-Identifier: Apache-2.0
import FoundationEssentials
import HTTPClient

/// What the server said to a request that it did not refuse.
struct Answer: Sendable {
    let status: Int
    let body: [UInt8]
    let eTag: String?
    let retryAfter: Duration?

    init(_ response: HTTPClientResponse) {
        status = response.status
        body = response.body
        eTag = response.headers["ETag"]
        retryAfter = response.headers["Retry-After"].flatMap { UInt32($0) }.map { .seconds($0) }
    }

    /// The body as it came.
    var text: String { String(decoding: body, as: UTF8.self).trimmingNewlines }

    func decode<Document: Decodable>(_ type: Document.Type) throws(Failure) -> Document {
        do {
            return try JSONDecoder().decode(type, from: Data(body))
        } catch {
            throw .unreadable("the server's answer is not what onboardd sends (\(status)): \(error)")
        }
    }
}

extension String {
    fileprivate var trimmingNewlines: String {
        String(reversed().drop(while: \.isNewline).reversed())
    }
}
