// SPDX-License-Identifier: Apache-2.0
import HTTPServer
import Testing

/// What libmicrohttpd refuses by itself: a short text or nothing at all, and the end of the connection.
struct LibraryRefusal: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let bytes: String
    /// nil: closed without an answer.
    let status: Int?
    /// A bug of 0.9.75: the answer's head is sent, and then sent again with the body.
    let isDoubled: Bool

    init(_ name: String, _ bytes: String, _ status: Int?, isDoubled: Bool = false) {
        testDescription = name
        self.bytes = bytes
        self.status = status
        self.isDoubled = isDoubled
    }

    private static let host = "Host: a\r\n"

    static let all = [
        LibraryRefusal("a NUL in a header's name", "GET / HTTP/1.1\r\n\(host)X\0A: b\r\n\r\n", 400),
        LibraryRefusal("a header without colon", "GET / HTTP/1.1\r\n\(host)nonsense\r\n\r\n", 400),
        LibraryRefusal("no version", "GET /\r\n\(host)\r\n", 400),
        LibraryRefusal("HTTP/9.9", "GET / HTTP/9.9\r\n\(host)\r\n", 505),
        LibraryRefusal("HTTP/0.9", "GET / HTTP/0.9\r\n\(host)\r\n", 505),
        LibraryRefusal("junk", "\u{16}\u{3}\u{1}\r\n\r\n", nil),
        LibraryRefusal("headers beyond the memory", "GET / HTTP/1.1\r\n\(host)X-A: \(String(repeating: "a", count: 100_000))\r\n\r\n", 431),
        LibraryRefusal("a target beyond the memory", "GET /\(String(repeating: "a", count: 100_000)) HTTP/1.1\r\n\(host)\r\n", 414),
        LibraryRefusal("Content-Length: -1", "POST / HTTP/1.1\r\n\(host)Content-Length: -1\r\n\r\n", 400, isDoubled: true),
        LibraryRefusal("Content-Length: +5", "POST / HTTP/1.1\r\n\(host)Content-Length: +5\r\n\r\nhello", 400, isDoubled: true),
        LibraryRefusal("Content-Length: 5, 6", "POST / HTTP/1.1\r\n\(host)Content-Length: 5, 6\r\n\r\nhello", 400, isDoubled: true),
        LibraryRefusal("Content-Length: (nothing)", "POST / HTTP/1.1\r\n\(host)Content-Length:\r\n\r\n", 400, isDoubled: true),
        LibraryRefusal("Content-Length beyond 2^64", "POST / HTTP/1.1\r\n\(host)Content-Length: 99999999999999999999\r\n\r\n", 413, isDoubled: true),
    ]
}

@Suite("libmicrohttpd by itself")
struct LibraryAnswerTests {
    @Test("refuses what it can't parse or hold", arguments: LibraryRefusal.all)
    func refuses(request: LibraryRefusal) async throws {
        try await withServer { url in
            let client = try RawClient(url)
            // It may close before all is sent.
            try? client.send(request.bytes)
            let answer = try client.answer()
            #expect(answer?.status == request.status)
            #expect(answer?.header("X-Request-Id") == nil)
            let rest = try client.rest()
            #expect(rest.isEmpty != request.isDoubled)
        }
    }

    @Test("ignores an empty line before the request")
    func emptyLine() async throws {
        try await withServer { url in
            let client = try RawClient(url)
            #expect(try client.exchange("\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n")?.status == 200)
        }
    }

    @Test(
        "refuses chunks that are none",
        arguments: [("zz\r\nhello\r\n0\r\n\r\n", 400), ("3\r\nhello\r\n0\r\n\r\n", 400), ("fffffffffffffffffff1\r\nh\r\n0\r\n\r\n", 413)])
    func chunks(body: String, status: Int) async throws {
        try await withServer { url in
            let answer = try RawClient(url).exchange("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n\(body)")
            #expect(answer?.status == status)
        }
    }
}
