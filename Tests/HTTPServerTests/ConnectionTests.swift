// SPDX-License-Identifier: Apache-2.0
import HTTPServer
import Testing

@Suite("A connection")
struct ConnectionTests {
    @Test("is kept for the next request")
    func kept() async throws {
        try await withServer { url in
            let client = try RawClient(url)
            for number in 0..<100 {
                let answer = try client.exchange("POST /\(number) HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nx")
                #expect(answer?.body == "POST /\(number) [\(number)] [] x")
            }
        }
    }

    @Test("answers pipelined requests in order")
    func pipelined() async throws {
        try await withServer { url in
            let client = try RawClient(url)
            try client.send((0..<50).map { "POST /\($0) HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nx" }.joined())
            for number in 0..<50 { #expect(try client.answer()?.body == "POST /\(number) [\(number)] [] x") }
        }
    }

    @Test("answers pipelined requests in order when each waits")
    func pipelinedLater() async throws {
        let service = TestService(responding: { request in .later { .text(request.path) } })
        try await withServer(service) { url in
            let client = try RawClient(url)
            try client.send((0..<50).map { "GET /\($0) HTTP/1.1\r\nHost: a\r\n\r\n" }.joined())
            for number in 0..<50 { #expect(try client.answer()?.body == "/\(number)") }
        }
    }

    @Test("of HTTP/1.0 ends after the answer, unless it asks otherwise")
    func http10() async throws {
        try await withServer { url in
            let plain = try RawClient(url)
            #expect(try plain.exchange("GET / HTTP/1.0\r\n\r\n")?.status == 200)
            #expect(try plain.isAtEnd())
            let kept = try RawClient(url)
            for _ in 0..<2 {
                let answer = try kept.exchange("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
                #expect(answer?.header("Connection")?.lowercased() == "keep-alive")
            }
        }
    }

    @Test("ends when the client or the service says so")
    func closed() async throws {
        let service = TestService(responding: { .now(HTTPResponse(status: 200, closesConnection: $0.path == "/end")) })
        try await withServer(service) { url in
            for request in ["GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", "GET /end HTTP/1.1\r\nHost: a\r\n\r\n"] {
                let client = try RawClient(url)
                #expect(try client.exchange(request)?.header("Connection") == "close")
                #expect(try client.isAtEnd())
            }
        }
    }

    @Test("is one of many")
    func many() async throws {
        try await withServer { url in
            let clients = try (0..<300).map { _ in try RawClient(url) }
            for (number, client) in clients.enumerated() { try client.send("GET /\(number) HTTP/1.1\r\nHost: a\r\n\r\n") }
            for (number, client) in clients.enumerated() {
                #expect(try client.answer()?.body == "GET /\(number) [\(number)] [] ")
            }
        }
    }

    @Test("beyond the limit waits until another ends")
    func limit() async throws {
        try await withServer(limits: HTTPLimits(connections: 4)) { url in
            var open = try (0..<4).map { _ in try RawClient(url) }
            for client in open { #expect(try client.exchange("GET / HTTP/1.1\r\nHost: a\r\n\r\n")?.status == 200) }
            let waiting = try RawClient(url)
            try waiting.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            open.removeFirst()
            #expect(try waiting.answer()?.status == 200)
        }
    }

    @Test("over IPv6 and a unix socket is the same, with its peer's name", arguments: [("[::1]:0", "::1"), ("unix", "unix")])
    func families(address: String, peer: String) async throws {
        let service = TestService(responding: { .now(.text($0.peer)) })
        let exchange: @Sendable (String) throws -> Void = { url in
            let client = try RawClient(url)
            for _ in 0..<3 { #expect(try client.exchange("GET / HTTP/1.1\r\nHost: a\r\n\r\n")?.body == peer) }
        }
        guard address == "unix" else { return try await withServer(service, at: address, exchange) }
        let folder = try TemporaryFolder()
        try await withServer(service, at: "unix:\(folder.path)/s.sock", exchange)
        withExtendedLifetime(folder) {}
    }
}
