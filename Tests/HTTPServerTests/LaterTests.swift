// SPDX-License-Identifier: Apache-2.0
import HTTPServer
import Testing

@Suite("An answer that takes time")
struct LaterTests {
    @Test("is sent when it is ready, and the connection goes on")
    func later() async throws {
        let service = TestService(responding: { request in .later { .text(TestService.echo(request)) } })
        try await withServer(service) { url in
            let client = try RawClient(url)
            for number in 0..<100 {
                let answer = try client.exchange("POST /\(number) HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nx")
                #expect(answer?.body == "POST /\(number) [\(number)] [] x")
            }
        }
    }

    @Test("holds up no other request")
    func othersGoOn() async throws {
        let release = Signal<Void>()
        let service = TestService(responding: { request in
            guard request.path == "/slow" else { return .now(.text("quick")) }
            return .later {
                await release.next()
                return .text("slow")
            }
        })
        try await withServer(service) { url in
            let slow = try RawClient(url)
            try slow.send("GET /slow HTTP/1.1\r\nHost: a\r\n\r\n")
            let quick = try RawClient(url)
            for _ in 0..<10 { #expect(try quick.exchange("GET / HTTP/1.1\r\nHost: a\r\n\r\n")?.body == "quick") }
            release.tell()
            #expect(try slow.answer()?.body == "slow")
        }
    }

    @Test("reports its delivery")
    func delivered() async throws {
        let delivered = Signal<Bool>()
        let service = TestService(responding: { _ in
            .later {
                var response = HTTPResponse.text("x")
                response.onDelivery = { delivered.tell($0) }
                return response
            }
        })
        try await withServer(service) { url in
            let client = try RawClient(url)
            #expect(try client.exchange("GET / HTTP/1.1\r\nHost: a\r\n\r\n")?.body == "x")
        }
        #expect(await delivered.next())
    }

    @Test("to a client that has gone is not delivered and harms nothing", arguments: [true, false])
    func clientGone(byReset: Bool) async throws {
        let (asked, release, delivered) = (Signal<Void>(), Signal<Void>(), Signal<Bool>())
        let service = TestService(responding: { request in
            guard request.path == "/slow" else { return .now(.text("quick")) }
            return .later {
                asked.tell()
                await release.next()
                var response = HTTPResponse.text("slow")
                response.onDelivery = { delivered.tell($0) }
                return response
            }
        })
        let server = HTTPServer(listening: try ListeningSocket("127.0.0.1:0"), service: service)
        try server.start()
        let url = server.listening.url
        for _ in 0..<20 {
            var client: RawClient? = try RawClient(url)
            try client?.send("GET /slow HTTP/1.1\r\nHost: a\r\n\r\n")
            await asked.next()
            let port = try #require(client?.localPort)
            if byReset { client?.reset() }
            client = nil
            try await blocking { try awaitEnd(ofConnectionFrom: port) }
            release.tell()
            #expect(await delivered.next() == false)
        }
        try await blocking {
            let client = try RawClient(url)
            #expect(try client.exchange("GET / HTTP/1.1\r\nHost: a\r\n\r\n")?.body == "quick")
        }
        await server.stop()
        #expect(server.requestsInFlight == 0)
    }
}
