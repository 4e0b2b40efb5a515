// SPDX-License-Identifier: Apache-2.0
import HTTPServer
import Testing

@Suite("A request's body")
struct BodyTests {
    /// Refuses what a service of the daemon refuses: chunks by 411, another type by 415.
    private static let strict = TestService(admitting: { head in
        if head.framing == .chunked { return .refuse(.text("length", status: 411)) }
        if head.header("Content-Type") == "text/plain" { return .refuse(.text("type", status: 415)) }
        return .accept(bodyLimit: 16)
    })

    @Test("of at most the limit is taken whole", arguments: [0, 1, 15, 16])
    func taken(length: Int) async throws {
        try await withServer(Self.strict) { url in
            let body = String(repeating: "x", count: length)
            let answer = try RawClient(url).exchange("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: \(length)\r\n\r\n\(body)")
            #expect(answer?.body == "POST / [] [] \(body)")
        }
    }

    @Test("that says it is longer is refused before a byte of it is sent", arguments: ["17", "9000000000", "18446744073709551615"])
    func tooLong(length: String) async throws {
        try await withServer(Self.strict) { url in
            let client = try RawClient(url)
            let answer = try client.exchange("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: \(length)\r\n\r\n")
            #expect(answer?.status == 413)
            #expect(answer?.body == "over 16")
            #expect(answer?.header("Connection") == "close")
            #expect(try client.isAtEnd())
        }
    }

    @Test("in chunks is refused without reading it")
    func chunkedRefused() async throws {
        try await withServer(Self.strict) { url in
            let client = try RawClient(url)
            let answer = try client.exchange("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: Chunked\r\n\r\n")
            #expect(answer?.status == 411)
            #expect(try client.isAtEnd())
        }
    }

    @Test("in chunks is taken where the service accepts one")
    func chunkedTaken() async throws {
        try await withServer { url in
            let client = try RawClient(url)
            for _ in 0..<2 {
                let answer = try client.exchange(
                    "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n1;x=y\r\n!\r\n0\r\nX-T: 1\r\n\r\n")
                #expect(answer?.body == "POST / [] [] hello!")
            }
        }
    }

    @Test("in chunks beyond the limit is answered at its end and kept nowhere")
    func chunkedTooLong() async throws {
        try await withServer { url in
            let client = try RawClient(url)
            try client.send("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n")
            for _ in 0..<64 { try client.send("400\r\n\(String(repeating: "x", count: 1024))\r\n") }
            let answer = try client.exchange("0\r\n\r\n")
            #expect(answer?.status == 413)
            #expect(try client.isAtEnd())
        }
    }

    @Test("is asked for with 100 Continue, unless it is refused")
    func expectation() async throws {
        try await withServer(Self.strict) { url in
            let accepted = try RawClient(url)
            let interim = try accepted.exchange("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n")
            #expect(interim?.status == 100)
            #expect(try accepted.exchange("hi")?.body == "POST / [] [] hi")
            let refused = try RawClient(url)
            let answer = try refused.exchange(
                "POST / HTTP/1.1\r\nHost: a\r\nContent-Type: text/plain\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n")
            #expect(answer?.status == 415)
        }
    }

    @Test("that is refused but sent does not take the answer from its sender", arguments: [1_000, 100_000, 1_000_000])
    func refusedButSent(length: Int) async throws {
        try await withServer(Self.strict) { url in
            for _ in 0..<20 {
                let client = try RawClient(url)
                try client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: \(length)\r\n\r\n")
                try client.send([UInt8](repeating: 0x78, count: length))
                #expect(try client.answer()?.status == 413)
            }
        }
    }

    @Test("that a request without one is refused for leaves the connection open")
    func refusedWithoutBody() async throws {
        let service = TestService(admitting: { _ in .refuse(.text("no", status: 401)) })
        try await withServer(service) { url in
            let client = try RawClient(url)
            for _ in 0..<3 { #expect(try client.exchange("GET / HTTP/1.1\r\nHost: a\r\n\r\n")?.status == 401) }
        }
    }
}
