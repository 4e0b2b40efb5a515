// SPDX-License-Identifier: Apache-2.0

/// What surrounds a body: how it is framed, for whom it is, and from where it comes.
extension BadInput {
    private static let good = Array(Client.tenant("good_one").utf8)
    private static let route = "POST /api/v1/tenants/onboard"
    private static let chunk = Array("1\r\n{\r\n0\r\n\r\n".utf8)

    static let framing: [BadInput] = [
        BadInput("no length", route, [json], gets: 411, "length_required"),
        BadInput("chunked", route, [json, "Transfer-Encoding: chunked"], body: chunk, sendsLength: false, gets: 411, "length_required", ends: true),
        BadInput("an unknown coding", route, [json, "Transfer-Encoding: gzip, chunked"], body: chunk, sendsLength: false, gets: 501, "unknown_transfer_coding", ends: true),
        BadInput("two lengths", route, [json, "Content-Length: 3"], body: good, gets: 400, "malformed_request", ends: true),
        BadInput("length and chunked", route, [json, "Transfer-Encoding: chunked"], body: chunk, gets: 400, "malformed_request", ends: true),
        BadInput("a length of 1 GB", route, [json, "Content-Length: 1000000000"], body: [], sendsLength: false, gets: 413, "body_too_large", ends: true),
        BadInput("no type", route, body: good, gets: 415, "unsupported_media_type", ends: true),
        BadInput("a form", route, ["Content-Type: application/x-www-form-urlencoded"], body: good, gets: 415, "unsupported_media_type", ends: true),
        BadInput("plain text", route, ["Content-Type: text/plain"], body: good, gets: 415, "unsupported_media_type", ends: true),
        BadInput("another charset", route, [json + "; charset=latin1"], body: good, gets: 415, "unsupported_media_type", ends: true),
        BadInput("compressed", route, [json, "Content-Encoding: gzip"], body: good, gets: 415, "unsupported_media_type", ends: true),
        BadInput("two types", route, [json, "Content-Type: text/plain"], body: good, gets: 415, "unsupported_media_type", ends: true),
        BadInput("GET with a body", "GET /api/v1/jobs", [json], body: good, gets: 400, "body_not_allowed", ends: true),
        BadInput("only HTML", "GET /api/v1/jobs", ["Accept: text/html"], gets: 406, "not_acceptable"),
        BadInput("JSON not wanted", "GET /api/v1/jobs", ["Accept: application/json;q=0, */*"], gets: 406, "not_acceptable"),
        BadInput("a key too long", route, [json, "Idempotency-Key: " + String(repeating: "k", count: 256)], body: good, gets: 422, "invalid_idempotency_key"),
        BadInput("an empty key", route, [json, "Idempotency-Key: \"\""], body: good, gets: 422, "invalid_idempotency_key"),
        BadInput("two keys", route, [json, "Idempotency-Key: a", "Idempotency-Key: b"], body: good, gets: 422, "invalid_idempotency_key"),
        BadInput("a header of 40 KB", "GET /health", ["X-Long: " + String(repeating: "x", count: 40_000)], gets: 431, nil, ends: true),
        BadInput("a target of 40 KB", "GET /" + String(repeating: "x", count: 40_000), gets: 414, nil, ends: true),
    ]

    static let hosts: [BadInput] = [
        "evil.example", "evil.example:8080", "127.0.0.1.evil.example", "localhost.evil.example", "10.0.0.1", "0x7f.1", "127.1"].map {
        BadInput("Host \($0)", "GET /api/v1/jobs", ["Host: \($0)"], gets: 421, "misdirected")
    }

    static let origins: [BadInput] = ["null", "https://evil.example", "http://localhost.evil.example", "http://localhost:1", "file://"].map {
        BadInput("Origin \($0)", route, [json, "Origin: \($0)"], body: good, gets: 403, "foreign_origin", ends: true)
    }

    static let proxies: [BadInput] = ["Forwarded: for=10.0.0.1", "X-Forwarded-For: 10.0.0.1", "X-Forwarded-Host: x", "X-forwarded-proto: https", "Via: 1.1 proxy"].map {
        BadInput($0, "GET /api/v1/jobs", [$0], gets: 403, "tokens_required")
    }

    static let badHosts: [BadInput] = [
        BadInput("two hosts", "GET /health", ["Host: localhost", "Host: localhost"], gets: 400, "malformed_request", ends: true),
        BadInput("an empty host", "GET /health", ["Host: "], gets: 421, "misdirected"),
    ]
}
