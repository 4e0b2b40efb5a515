// SPDX-License-Identifier: Apache-2.0
import HTTPServer
import Testing

@Suite("A stop")
struct StopTests {
    @Test("answers all that wait, even 500 at once that nobody else answers")
    func answersAll() async throws {
        let (asked, never) = (Signal<Void>(), Signal<Void>())
        let lateDelivery = Signal<Bool>()
        let service = TestService(responding: { _ in
            .later {
                asked.tell()
                await never.next()
                var response = HTTPResponse.text("too late")
                response.onDelivery = { lateDelivery.tell($0) }
                return response
            }
        })
        let server = HTTPServer(listening: try ListeningSocket("127.0.0.1:0"), service: service)
        try server.start()
        let url = server.listening.url
        // Neither connecting nor sending waits for the server's side.
        let clients = try (0..<500).map { _ in try RawClient(url) }
        for client in clients { try client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n") }
        for _ in 0..<500 { await asked.next() }
        #expect(server.requestsInFlight == 500)
        await server.stop(settling: .zero)
        #expect(server.requestsInFlight == 0)
        for client in clients {
            let answer = try client.answer()
            #expect(answer?.status == 503)
            #expect(answer?.body == "stopping")
            #expect(answer?.header("Connection") == "close")
            #expect(try client.isAtEnd())
        }
        // The tasks end after the server: their answers go nowhere.
        for _ in 0..<500 { never.tell() }
        for _ in 0..<500 { #expect(await lateDelivery.next() == false) }
    }

    @Test("gives answers in the making their time")
    func settles() async throws {
        let (asked, release) = (Signal<Void>(), Signal<Void>())
        let service = TestService(responding: { _ in
            .later {
                asked.tell()
                await release.next()
                return .text("made")
            }
        })
        let server = HTTPServer(listening: try ListeningSocket("127.0.0.1:0"), service: service)
        try server.start()
        let url = server.listening.url
        async let answer = blocking { try RawClient(url).exchange("GET / HTTP/1.1\r\nHost: a\r\n\r\n") }
        await asked.next()
        async let stopped: Void = server.stop(settling: .seconds(20))
        release.tell()
        #expect(try await answer?.body == "made")
        await stopped
    }

    @Test("races with answers, new requests and closing clients without harm", arguments: 0..<10)
    func races(round: Int) async throws {
        let service = TestService(responding: { request in
            .later {
                await Task.yield()
                return .text(request.path)
            }
        })
        let server = HTTPServer(listening: try ListeningSocket("127.0.0.1:0"), service: service)
        try server.start()
        let url = server.listening.url
        let answered = Signal<Void>()
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    // Ends with the first request that gets no answer.
                    try? await blocking {
                        let client = try RawClient(url)
                        while let answer = try client.exchange("GET /x HTTP/1.1\r\nHost: a\r\n\r\n") {
                            #expect(answer.body == "/x" || answer.body == "stopping")
                            answered.tell()
                        }
                    }
                }
            }
            for _ in 0..<(round * 10 + 1) { await answered.next() }
            await server.stop(settling: .zero, delivering: .seconds(5))
            // Resets what came too late to be accepted.
            server.listening.close()
        }
        #expect(server.requestsInFlight == 0)
    }

    @Test("of accepting leaves the connections that are there, and the socket to its owner")
    func stopAccepting() async throws {
        let listening = try ListeningSocket("127.0.0.1:0")
        let server = HTTPServer(listening: listening, service: TestService())
        try server.start()
        let url = listening.url
        let next = HTTPServer(
            listening: listening, service: TestService(responding: { _ in .now(.text("next")) }))
        try await blocking {
            let client = try RawClient(url)
            #expect(try client.exchange("GET / HTTP/1.1\r\nHost: a\r\n\r\n")?.status == 200)
            server.stopAccepting()
            server.stopAccepting()
            #expect(try client.exchange("GET / HTTP/1.1\r\nHost: a\r\n\r\n")?.status == 200)
            // Waits in the backlog: nobody refuses it.
            let waiting = try RawClient(url)
            try waiting.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            try next.start()
            #expect(try waiting.answer()?.body == "next")
        }
        await server.stop()
        await next.stop()
    }

    @Test("may be repeated, comes before a start, and ends a server that is let go")
    func repeated() async throws {
        let server = HTTPServer(listening: try ListeningSocket("127.0.0.1:0"), service: TestService())
        try server.start()
        let error = #expect(throws: HTTPServerError.self) { try server.start() }
        #expect(error?.code == .alreadyStarted)
        await server.stop()
        await server.stop()
        let unused = HTTPServer(listening: try ListeningSocket("127.0.0.1:0"), service: TestService())
        await unused.stop()
        let dropped = try ListeningSocket("127.0.0.1:0")
        try HTTPServer(listening: dropped, service: TestService()).start()
        let again = HTTPServer(listening: dropped, service: TestService())
        try again.start()
        let url = dropped.url
        try await blocking {
            let client = try RawClient(url)
            #expect(try client.exchange("GET / HTTP/1.1\r\nHost: a\r\n\r\n")?.status == 200)
        }
        await again.stop()
    }
}
