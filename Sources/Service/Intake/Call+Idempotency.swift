// SPDX-License-Identifier: Apache-2.0
import Cryptography
import HTTPServer
import JobQueue

extension Call {
    /// The client's own name for this request, if it gave one.
    func idempotencyKey() throws(Problem) -> IdempotencyKey? {
        guard let key = try IdempotencyKeyField.read(request.headers(named: IdempotencyKeyField.name)) else { return nil }
        return IdempotencyKey(scope: scope, key: key, bodyDigest: SHA256.digest(request.body))
    }
}

extension HTTPResponse {
    /// Tells the client that it has been answered to this request before.
    func markingReplay(_ receipt: Receipt) -> HTTPResponse {
        guard receipt.isReplay else { return self }
        var response = self
        response.headers.append(("Idempotency-Replayed", "true"))
        return response
    }
}
