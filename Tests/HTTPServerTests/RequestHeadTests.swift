// SPDX-License-Identifier: Apache-2.0
import HTTPServer
import Testing

/// What RFC 9112 wants refused and libmicrohttpd 0.9.75 lets pass.
struct RefusedHead: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let bytes: String
    let status: Int

    init(_ name: String, _ lines: String..., status: Int = 400, end: String = "\r\n\r\n") {
        testDescription = name
        bytes = lines.joined(separator: "\r\n") + end
        self.status = status
    }

    static let all = [
        RefusedHead("no Host", "GET / HTTP/1.1"),
        RefusedHead("no Host in HTTP/1.2", "GET / HTTP/1.2", "X-A: 1"),
        RefusedHead("a space in the target", "GET / x HTTP/1.1", "Host: a"),
        RefusedHead("two Hosts in HTTP/1.0", "GET / HTTP/1.0", "Host: a", "Host: a"),
        RefusedHead("two Hosts", "GET / HTTP/1.1", "Host: a", "Host: b"),
        RefusedHead("space before the colon", "GET / HTTP/1.1", "Host: a", "X-A : 1"),
        RefusedHead("tab before the colon", "GET / HTTP/1.1", "Host: a", "X-A\t: 1"),
        RefusedHead("no name", "GET / HTTP/1.1", "Host: a", ": 1"),
        RefusedHead("a name in quotes", "GET / HTTP/1.1", "Host: a", "\"x\": 1"),
        RefusedHead("a name that is not ASCII", "GET / HTTP/1.1", "Host: a", "é: 1"),
        RefusedHead("a folded line", "GET / HTTP/1.1", "Host: a", "X-A: 1", " folded"),
        RefusedHead("a folded line after Host", "GET / HTTP/1.1", "Host: a", " folded"),
        RefusedHead("a line folded twice", "GET / HTTP/1.1", "Host: a", "X-A: 1", " x", "\ty", "X-B: 2"),
        RefusedHead("NUL in a value", "GET / HTTP/1.1", "Host: a", "X-A: a\0b"),
        RefusedHead("NUL in the last value's place", "GET / HTTP/1.1", "Host: a", "X-A: \0"),
        RefusedHead("NUL after a name", "GET / HTTP/1.1", "Host: a", "X:\0A: b"),
        RefusedHead("NUL in a middle value", "GET / HTTP/1.1", "X-A: a\0b", "Host: a"),
        RefusedHead("NUL in the target", "GET /a\0b HTTP/1.1", "Host: a"),
        RefusedHead("NUL in the method", "GE\0T / HTTP/1.1", "Host: a"),
        RefusedHead("bare CR in a value", "GET / HTTP/1.1", "Host: a", "X-A: a\rX-B: b"),
        RefusedHead("bare LF between fields", "GET / HTTP/1.1", "Host: a\nX-A: b"),
        RefusedHead("bare LF after the request line", "GET / HTTP/1.1\nHost: a"),
        RefusedHead("bare LFs only", "GET / HTTP/1.1\nHost: a", end: "\n\n"),
        RefusedHead("a control character in a value", "GET / HTTP/1.1", "Host: a", "X-A: \u{1}"),
        RefusedHead("DEL in a value", "GET / HTTP/1.1", "Host: a", "X-A: \u{7F}"),
        RefusedHead("two spaces before the target", "GET  / HTTP/1.1", "Host: a"),
        RefusedHead("a method that is no token", "G(T / HTTP/1.1", "Host: a"),
        RefusedHead("a target that is not ASCII", "GET /é HTTP/1.1", "Host: a"),
        RefusedHead("a tab in the target", "GET /\ta HTTP/1.1", "Host: a"),
        RefusedHead("two Content-Lengths", "POST / HTTP/1.1", "Host: a", "Content-Length: 5", "Content-Length: 6"),
        RefusedHead("the same Content-Length twice", "POST / HTTP/1.1", "Host: a", "Content-Length: 5", "content-length: 5"),
        RefusedHead("both lengths", "POST / HTTP/1.1", "Host: a", "Content-Length: 5", "Transfer-Encoding: chunked"),
        RefusedHead("chunked twice", "POST / HTTP/1.1", "Host: a", "Transfer-Encoding: chunked", "Transfer-Encoding: chunked"),
        RefusedHead("chunked in HTTP/1.0", "POST / HTTP/1.0", "Host: a", "Transfer-Encoding: chunked"),
        RefusedHead("an unknown coding", "POST / HTTP/1.1", "Host: a", "Transfer-Encoding: xchunked", status: 501),
        RefusedHead("chunked not last", "POST / HTTP/1.1", "Host: a", "Transfer-Encoding: chunked, identity", status: 501),
        RefusedHead("gzip, chunked", "POST / HTTP/1.1", "Host: a", "Transfer-Encoding: gzip, chunked", status: 501),
        RefusedHead("most of the memory", "GET / HTTP/1.1", "Host: a", "X-A: " + String(repeating: "a", count: 26_000), status: 431),
    ]
}

@Suite("A request's head")
struct RequestHeadTests {
    @Test("that breaks the protocol is refused by the service and ends the connection", arguments: RefusedHead.all)
    func refused(head: RefusedHead) async throws {
        try await withServer { url in
            let client = try RawClient(url)
            let answer = try #require(try client.exchange(head.bytes))
            #expect(answer.status == head.status)
            #expect(answer.body.hasPrefix("ours: "))
            #expect(answer.header("X-Request-Id")?.utf8.count == 32)
            #expect(answer.header("Connection") == "close")
            #expect(try client.isAtEnd())
        }
    }

    @Test("reaches the service as it was sent")
    func asSent() async throws {
        let service = TestService(responding: { request in
            .now(.text([
                request.target, request.path, request.authority ?? "-", request.header("x-empty") ?? "-",
                request.header("X-A") ?? "-", request.headers(named: "x-b").joined(separator: "+"),
                request.header("cookie") ?? "-", request.header("x-last") ?? "-", request.peer,
            ].joined(separator: ";")))
        })
        try await withServer(service) { url in
            let client = try RawClient(url)
            let answer = try client.exchange(
                "GET /a%2Fb/%00?q=%41&r=a+b&&s HTTP/1.1\r\nHost:h:1\r\nX-Empty:\r\nX-A: \t a b \t\r\nX-B: 1\r\n"
                    + "Cookie: a=1; b=2\r\nX-b: 2\r\nx-last: ü\r\n\r\n")
            #expect(answer?.body == "/a%2Fb/%00?q=%41&r=a+b&&s;/a%2Fb/%00;h:1;;a b;1+2;a=1; b=2;ü;127.0.0.1")
        }
    }

    @Test(
        "with an escape that is broken or holds a NUL has an undecodable path, and is not cut",
        arguments: ["/a%00b", "/%zz", "/%", "/a/%00/../b", "/%FF"])
    func escapes(target: String) async throws {
        try await withServer { url in
            let answer = try RawClient(url).exchange("GET \(target) HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(answer?.body == "GET \(target) [undecodable] [] ")
        }
    }

    @Test("in absolute form is accepted")
    func absoluteForm() async throws {
        try await withServer { url in
            let answer = try RawClient(url).exchange("GET http://h:1/a/b?c=d HTTP/1.1\r\nHost: x\r\n\r\n")
            #expect(answer?.body == "GET http://h:1/a/b?c=d [a|b] [c=d] ")
        }
    }

    @Test("that comes byte by byte is the same request")
    func byteByByte() async throws {
        try await withServer { url in
            let client = try RawClient(url)
            for byte in Array("POST /a?b=c HTTP/1.1\r\nHost: a\r\nX-A: 1\r\nContent-Length: 2\r\n\r\nhi".utf8) {
                try client.send([byte])
            }
            #expect(try client.answer()?.body == "POST /a?b=c [a] [b=c] hi")
        }
    }

    @Test("with a hundred fields is whole")
    func manyFields() async throws {
        let service = TestService(responding: { .now(.text($0.headers(named: "X-A").joined())) })
        try await withServer(service) { url in
            let fields = (0..<100).map { "X-A: \($0 % 10)\r\n" }.joined()
            let answer = try RawClient(url).exchange("GET / HTTP/1.1\r\nHost: a\r\n\(fields)\r\n")
            #expect(answer?.body == String(repeating: "0123456789", count: 10))
        }
    }
}
