// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPServer
import Testing

@Suite("An answer")
struct ResponseTests {
    private static func service(_ response: HTTPResponse) -> TestService {
        TestService(responding: { _ in .now(response) })
    }

    @Test("has a date, its length, a request id, and names no server")
    func fields() async throws {
        try await withServer { url in
            let answer = try #require(try RawClient(url).exchange("GET / HTTP/1.1\r\nHost: a\r\n\r\n"))
            #expect(answer.header("Date")?.hasSuffix(" GMT") == true)
            #expect(answer.header("Content-Length") == String(answer.body.utf8.count))
            #expect(answer.header("X-Request-Id")?.range(of: "^[0-9a-f]{32}$", options: .regularExpression) != nil)
            #expect(answer.header("Server") == nil)
        }
    }

    @Test(
        "carries the client's request id if that is harmless",
        arguments: [
            ("abc-1.2_X", true), (String(repeating: "x", count: 64), true), (String(repeating: "x", count: 65), false),
            ("", false), ("a b", false), ("a\"b", false), ("é", false),
        ])
    func requestID(sent: String, isKept: Bool) async throws {
        try await withServer { url in
            let answer = try RawClient(url).exchange("GET / HTTP/1.1\r\nHost: a\r\nX-Request-Id: \(sent)\r\n\r\n")
            let id = try #require(answer?.header("X-Request-Id"))
            #expect((id == sent) == isKept)
            #expect(isKept || id.utf8.count == 32)
        }
    }

    @Test("keeps the request id that the service sets, once")
    func serviceID() async throws {
        try await withServer(Self.service(.text("", headers: [("x-request-id", "mine")]))) { url in
            let answer = try #require(try RawClient(url).exchange("GET / HTTP/1.1\r\nHost: a\r\n\r\n"))
            #expect(answer.headers.filter { $0.name.lowercased() == "x-request-id" }.map(\.value) == ["mine"])
        }
    }

    @Test(
        "leaves out fields that could begin a line of their own or belong to the server",
        arguments: [
            ("X-A", "1\r\nX-Evil: 1"), ("X-A", "1\nX-Evil: 1"), ("X-A", "1\rX"), ("X-A", "1\0"), ("X-A\r\nX-Evil", "1"),
            ("X A", "1"), ("", "1"), ("X-A:", "1"), ("Content-Length", "0"), ("Transfer-Encoding", "chunked"),
            ("connection", "X-Evil"), ("Date", "never"),
        ])
    func injection(name: String, value: String) async throws {
        try await withServer(Self.service(.text("body", headers: [(name, value), ("X-Good", "1")]))) { url in
            let answer = try #require(try RawClient(url).exchange("GET / HTTP/1.1\r\nHost: a\r\n\r\n"))
            #expect(answer.body == "body")
            #expect(answer.header("X-Good") == "1")
            let names = answer.headers.map { $0.name.lowercased() }.sorted()
            #expect(names == ["content-length", "content-type", "date", "x-good", "x-request-id"])
            #expect(answer.header("Date") != "never")
        }
    }

    @Test("to HEAD is a GET's without its body")
    func head() async throws {
        try await withServer { url in
            let client = try RawClient(url)
            let head = try #require(try client.exchange("HEAD /a HTTP/1.1\r\nHost: a\r\n\r\n", toHead: true))
            let get = try #require(try client.exchange("GET /a HTTP/1.1\r\nHost: a\r\n\r\n"))
            #expect(get.body == "GET /a [a] [] ")
            #expect(head.header("Content-Length") == get.header("Content-Length"))
        }
    }

    @Test("to OPTIONS and unknown methods is the service's", arguments: ["OPTIONS", "TRACE", "PATCH", "x"])
    func methods(method: String) async throws {
        try await withServer { url in
            let client = try RawClient(url)
            #expect(try client.exchange("\(method) / HTTP/1.1\r\nHost: a\r\n\r\n")?.body == "\(method) / [] [] ")
        }
    }

    @Test("of 204 and 304 has no body, and the next one follows", arguments: [204, 304])
    func bodiless(status: Int) async throws {
        try await withServer(Self.service(HTTPResponse(status: status, headers: [("ETag", "\"1\"")]))) { url in
            let client = try RawClient(url)
            for _ in 0..<2 {
                let answer = try client.exchange("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
                #expect(answer?.status == status)
                #expect(answer?.header("ETag") == "\"1\"")
            }
        }
    }

    @Test("of many megabytes arrives whole and counts as delivered")
    func large() async throws {
        let delivered = Signal<Bool>()
        var response = HTTPResponse.text(String(repeating: "0123456789abcdef", count: 1 << 19))
        response.onDelivery = { delivered.tell($0) }
        try await withServer(Self.service(response)) { url in
            let client = try RawClient(url)
            #expect(try client.exchange("GET / HTTP/1.1\r\nHost: a\r\n\r\n")?.body.utf8.count == 1 << 23)
        }
        #expect(await delivered.next())
    }

    @Test("that its client never reads to the end counts as not delivered")
    func unread() async throws {
        let delivered = Signal<Bool>()
        var response = HTTPResponse.text(String(repeating: "0123456789abcdef", count: 1 << 20))
        response.onDelivery = { delivered.tell($0) }
        try await withServer(Self.service(response)) { url in
            let client = try RawClient(url)
            try client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            _ = try client.read(through: "HTTP/1.1 200")
            client.reset()
        }
        #expect(await delivered.next() == false)
    }
}
