// SPDX-License-Identifier: Apache-2.0
import HTTPServer
import Testing

@Suite("A request's target")
struct RequestTargetTests {
    @Test(
        "is taken apart into decoded segments",
        arguments: [
            ("/", []), ("/a", ["a"]), ("/a/b", ["a", "b"]), ("/a/", ["a", ""]), ("//a", ["", "a"]),
            ("/a%20b/%C3%A9", ["a b", "é"]), ("/a+b", ["a+b"]), ("/a%2Fb", ["a/b"]), ("/%2e%2E/x", ["..", "x"]),
            ("/a?b=/c", ["a"]), ("http://host/a/b?c", ["a", "b"]), ("HTTPS://host", []), ("http://host?x", []),
        ] as [(String, [String])])
    func segments(of target: String, are expected: [String]) {
        #expect(HTTPRequest(method: "GET", target: target).pathSegments == expected)
    }

    @Test(
        "with a broken escape, bytes that are not UTF-8, a NUL, or no leading slash has no segments",
        arguments: ["/%", "/%4", "/%zz", "/a%00b", "/%00", "/%FF", "/%C3", "/%ED%A0%80", "*", "a/b", ""])
    func undecodable(target: String) {
        #expect(HTTPRequest(method: "GET", target: target).pathSegments == nil)
    }

    @Test(
        "has its query decoded as a form is",
        arguments: [
            ("/", []), ("/?", []), ("/?a", ["a="]), ("/?a=", ["a="]), ("/?a=1&b=2&a=3", ["a=1", "b=2", "a=3"]),
            ("/?a=b=c", ["a=b=c"]), ("/?a+b=c%20d%2B", ["a b=c d+"]), ("/?&&a=1&", ["a=1"]), ("/?=x", ["=x"]),
            ("/?a=?", ["a=?"]),
        ] as [(String, [String])])
    func query(of target: String, is expected: [String]) {
        let pairs = HTTPRequest(method: "GET", target: target).query
        #expect(pairs?.map { "\($0.name)=\($0.value)" } == expected)
    }

    @Test("has no query when an escape of it is broken", arguments: ["/?a=%", "/?%0g=1", "/?a=%00", "/?a=%FF"])
    func undecodableQuery(target: String) {
        #expect(HTTPRequest(method: "GET", target: target).query == nil)
    }

    @Test(
        "in absolute form names the authority, else the Host header does",
        arguments: [("/", "h:1"), ("http://other:2/x", "other:2"), ("http://other", "other"), ("*", "h:1")])
    func authority(target: String, expected: String) {
        #expect(HTTPRequest(method: "GET", target: target, headers: [("host", "h:1")]).authority == expected)
    }

    @Test("finds header fields in any case and all of a name")
    func headers() {
        let request = HTTPRequest(method: "GET", target: "/", headers: [("X-A", "1"), ("x-b", "2"), ("x-a", "3")])
        #expect(request.header("x-A") == "1")
        #expect(request.headers(named: "X-a") == ["1", "3"])
        #expect(request.header("X-") == nil)
    }
}
