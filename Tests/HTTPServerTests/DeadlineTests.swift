// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPServer
import Testing

@Suite("The deadline")
struct DeadlineTests {
    private static let limits = HTTPLimits(idleTimeoutSeconds: 15, receiveSeconds: 1, deliverSeconds: 1)

    /// Sends a byte whenever the peer has been silent for 50 ms, until it closes; gives the seconds that took.
    private static func trickle(_ client: RawClient, _ bytes: [UInt8]) throws -> Double {
        let start = ContinuousClock.now
        var patience = timeval(tv_sec: 0, tv_usec: 50_000)
        setsockopt(client.descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        for byte in bytes {
            do { try client.send([byte]) } catch { break }
            var got: UInt8 = 0
            let count = recv(client.descriptor, &got, 1, 0)
            if count >= 0 || errno != EAGAIN { break }
        }
        return start.duration(to: .now) / .seconds(1)
    }

    @Test(
        "ends a request that trickles in, in every part of it",
        arguments: ["", "GET / HTTP/1.1\r\nX-A: ", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n"])
    func trickles(beginning: String) async throws {
        let seconds = try await withServer(limits: Self.limits) { url in
            let client = try RawClient(url)
            try client.send(beginning)
            return try Self.trickle(client, [UInt8](repeating: 0x78, count: 1000))
        }
        #expect(seconds > 0.9)
        #expect(seconds < 10)
    }

    @Test("ends a connection on which nothing is sent")
    func silent() async throws {
        try await withServer(limits: Self.limits) { url in
            let client = try RawClient(url)
            #expect(try client.isAtEnd())
        }
    }

    @Test("ends an answer that its client does not read")
    func unread() async throws {
        let delivered = Signal<Bool>()
        var response = HTTPResponse.text(String(repeating: "0123456789abcdef", count: 1 << 20))
        response.onDelivery = { delivered.tell($0) }
        let answer = response
        let server = HTTPServer(
            listening: try ListeningSocket("127.0.0.1:0"), limits: Self.limits,
            service: TestService(responding: { _ in .now(answer) }))
        try server.start()
        let client = try RawClient(server.listening.url)
        try client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(await delivered.next() == false)
        withExtendedLifetime(client) {}
        await server.stop()
    }

    @Test("does not run while an answer is awaited, nor between the requests of a kept connection")
    func doesNotRun() async throws {
        let release = Signal<Void>()
        let service = TestService(responding: { request in
            .later {
                await release.next()
                return .text(request.path)
            }
        })
        try await withServer(service, limits: Self.limits) { url in
            let client = try RawClient(url)
            try client.send("GET /1 HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(client.isSilent(forMilliseconds: 1_500))
            release.tell()
            #expect(try client.answer()?.body == "/1")
            #expect(client.isSilent(forMilliseconds: 1_500))
            release.tell()
            #expect(try client.exchange("GET /2 HTTP/1.1\r\nHost: a\r\n\r\n")?.body == "/2")
        }
    }

    @Test("of a kept connection's next request begins anew")
    func keptConnection() async throws {
        let seconds = try await withServer(limits: Self.limits) { url in
            let client = try RawClient(url)
            #expect(try client.exchange("GET / HTTP/1.1\r\nHost: a\r\n\r\n")?.status == 200)
            try client.send("GET / HTTP/1.1\r\nX-A: ")
            return try Self.trickle(client, [UInt8](repeating: 0x78, count: 1000))
        }
        #expect(seconds > 0.9)
        #expect(seconds < 10)
    }

    @Test("comes after the idle time where nothing is sent on a kept connection")
    func idle() async throws {
        try await withServer(limits: HTTPLimits(idleTimeoutSeconds: 1)) { url in
            let client = try RawClient(url)
            #expect(try client.exchange("GET / HTTP/1.1\r\nHost: a\r\n\r\n")?.status == 200)
            #expect(try client.isAtEnd())
        }
    }
}
