// SPDX-License-Identifier: Apache-2.0
import HTTPServer
import Testing

@Suite("A stream")
struct StreamTests {
    private static func service(
        beginning: String = "", _ write: @escaping @Sendable (HTTPBodyWriter) async -> Void
    ) -> TestService {
        TestService(responding: { request in
            guard request.path == "/stream" else { return .now(.text("quick")) }
            return .stream(.text(beginning), write)
        })
    }

    private static let request = "GET /stream HTTP/1.1\r\nHost: a\r\n\r\n"

    @Test("arrives as it is written, and the connection goes on after it")
    func arrives() async throws {
        let written = Signal<String>()
        let service = Self.service(beginning: "begin\n") { writer in
            while true {
                let text = await written.next()
                if text == "end" { return }
                #expect(await writer.write(Array(text.utf8)))
            }
        }
        try await withServer(service) { url in
            let client = try RawClient(url)
            for _ in 0..<3 {
                try client.send(Self.request)
                #expect(try client.read(through: "begin\n").hasPrefix("HTTP/1.1 200 OK\r\n"))
                for number in 0..<50 {
                    written.tell("event \(number)\n")
                    _ = try client.read(through: "event \(number)\n")
                }
                written.tell("end")
                _ = try client.read(through: "0\r\n\r\n")
                #expect(try client.exchange("GET / HTTP/1.1\r\nHost: a\r\n\r\n")?.body == "quick")
            }
        }
    }

    @Test("of many bytes arrives whole, its writer waiting for a slow client")
    func large() async throws {
        let line = [UInt8](repeating: 0x78, count: 10_000)
        let service = Self.service { writer in
            for _ in 0..<1_000 { #expect(await writer.write(line)) }
        }
        try await withServer(service) { url in
            let client = try RawClient(url)
            #expect(try client.exchange(Self.request)?.body.utf8.count == 10_000_000)
        }
    }

    @Test("to HEAD has a head only and is never written")
    func head() async throws {
        let service = Self.service { _ in Issue.record("a stream was written for HEAD") }
        try await withServer(service) { url in
            let client = try RawClient(url)
            let answer = try client.exchange("HEAD /stream HTTP/1.1\r\nHost: a\r\n\r\n", toHead: true)
            #expect(answer?.status == 200)
            #expect(answer?.header("Content-Length") == nil)
            #expect(try client.isAtEnd())
        }
    }

    @Test("to HTTP/1.0 ends with the connection")
    func http10() async throws {
        let service = Self.service { writer in _ = await writer.write(Array("all".utf8)) }
        try await withServer(service) { url in
            let client = try RawClient(url)
            #expect(try client.exchange("GET /stream HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")?.body == "all")
        }
    }

    @Test("tells its writer that the client has gone, whether it waits or writes", arguments: [10, 1_000_000])
    func clientGone(bytes: Int) async throws {
        let (started, gone, ended) = (Signal<Void>(), Signal<Void>(), Signal<Void>())
        let service = Self.service { writer in
            started.tell()
            if bytes == 10 { await gone.next() }
            while await writer.write([UInt8](repeating: 0x78, count: bytes)) {}
            ended.tell()
        }
        let server = HTTPServer(listening: try ListeningSocket("127.0.0.1:0"), service: service)
        try server.start()
        var client: RawClient? = try RawClient(server.listening.url)
        try client?.send(Self.request)
        await started.next()
        client = nil
        gone.tell()
        await ended.next()
        await server.stop()
        #expect(server.requestsInFlight == 0)
    }

    @Test("ends when the server stops, whether it waits or writes", arguments: [true, false])
    func stopped(isSilent: Bool) async throws {
        let (started, ended, never) = (Signal<Void>(), Signal<Bool>(), Signal<Void>())
        let service = Self.service(beginning: "begin\n") { writer in
            started.tell()
            if isSilent { await never.next() }
            while await writer.write([UInt8](repeating: 0x78, count: 1000)) {}
            ended.tell(true)
        }
        let server = HTTPServer(listening: try ListeningSocket("127.0.0.1:0"), service: service)
        try server.start()
        let url = server.listening.url
        async let rest = blocking {
            let client = try RawClient(url)
            try client.send(Self.request)
            return String(decoding: try client.rest(), as: UTF8.self)
        }
        await started.next()
        await server.stop(settling: .zero)
        #expect(try await rest.contains("begin\n"))
        never.tell()
        #expect(await ended.next())
    }
}
