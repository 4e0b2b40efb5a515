// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPClient
import ScriptedServer
import Testing

@Suite(.timeLimit(.minutes(1))) struct AnswerTests {
    let client: HTTPClient

    init() throws {
        client = try HTTPClient(.init(userAgent: "tests/1"))
    }

    @Test("status, headers and body bytes arrive as sent")
    func wholeAnswer() async throws {
        let bytes = (0..<200_000).map { UInt8(truncatingIfNeeded: $0) }
        let server = try ScriptedServer { _ in .answer(418, headers: ["X-Kind": "tea pot"], body: bytes) }
        defer { server.stop() }
        let answer = try await client.send(.init(.get, server.url))
        #expect(answer.status == 418)
        #expect(answer.headers["x-kind"] == "tea pot")
        #expect(answer.headers["X-KIND"] == "tea pot")
        #expect(answer.headers["x-other"] == nil)
        #expect(answer.body == bytes)
    }

    @Test("method, path, headers and body are sent as given, and nothing is added to the body's type", arguments: [
        HTTPClientRequest.Method.post, .put, .patch, .delete,
    ])
    func wholeRequest(method: HTTPClientRequest.Method) async throws {
        let server = try ScriptedServer { _ in .answer(204) }
        defer { server.stop() }
        let body = [UInt8](repeating: 7, count: 100_000)
        let headers: HTTPClientHeaders = ["Authorization": "Bearer t", "X-Empty": ""]
        _ = try await client.send(.init(method, server.url + "/a/../b%2F?q=1", headers: headers, body: body))
        let request = try #require(server.requests.first)
        #expect(request.method == method.rawValue)
        #expect(request.target == "/a/../b%2F?q=1")
        #expect(request.body == body)
        #expect(request.headers["authorization"] == "Bearer t")
        #expect(request.headers["x-empty"] == "")
        #expect(request.headers["user-agent"] == "tests/1")
        #expect(request.headers["content-type"] == nil)
        #expect(request.headers["expect"] == nil)
    }

    @Test("a POST without a body says that it has none")
    func emptyPost() async throws {
        let server = try ScriptedServer { _ in .answer(200) }
        defer { server.stop() }
        _ = try await client.send(.init(.post, server.url))
        #expect(server.requests.first?.headers["content-length"] == "0")
    }

    @Test("a GET, a HEAD and a DELETE without a body have no length", arguments: [
        HTTPClientRequest.Method.get, .head, .delete,
    ])
    func bodyless(method: HTTPClientRequest.Method) async throws {
        let server = try ScriptedServer { _ in .answer(200) }
        defer { server.stop() }
        #expect(try await client.send(.init(method, server.url)).status == 200)
        #expect(server.requests.first?.method == method.rawValue)
        #expect(server.requests.first?.headers["content-length"] == nil)
    }

    @Test("a redirect is an answer")
    func redirect() async throws {
        let server = try ScriptedServer { _ in .answer(302, headers: ["Location": "/elsewhere"]) }
        defer { server.stop() }
        #expect(try await client.send(.init(.get, server.url)).status == 302)
        #expect(server.requests.count == 1)
    }

    @Test("only the final answer's headers count")
    func interim() async throws {
        let server = try ScriptedServer { _ in
            .raw("HTTP/1.1 103 Early Hints\r\nX-Early: 1\r\n\r\nHTTP/1.1 200 OK\r\nX-Late: 2\r\n\r\nbody")
        }
        defer { server.stop() }
        let answer = try await client.send(.init(.get, server.url))
        #expect(answer.headers["X-Early"] == nil)
        #expect(answer.headers["X-Late"] == "2")
        #expect(answer.body == Array("body".utf8))
    }

    @Test("a unix socket takes the place of host and port")
    func unixSocket() async throws {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("c\(UUID().uuidString).sock").path
        let server = try ScriptedServer(unixSocket: path) { _ in .answer(200, body: Array("here".utf8)) }
        defer {
            server.stop()
            unlink(path)
        }
        let answer = try await client.send(.init(.get, "http://localhost/health", unixSocket: path))
        #expect(answer.body == Array("here".utf8))
        #expect(server.requests.first?.target == "/health")
    }

    @Test("two hundred requests wait at once")
    func manyAtOnce() async throws {
        // Nobody is answered before all have arrived: one by one they would wait for ever.
        let gate = Gate(count: 200)
        let server = try ScriptedServer { request in
            gate.arriveAndWait()
            return .answer(200, body: Array(request.target.utf8))
        }
        defer { server.stop() }
        let bodies = try await withThrowingTaskGroup(of: String.self) { group in
            for number in 0..<200 {
                group.addTask { [client] in
                    let answer = try await client.send(.init(.get, "\(server.url)/\(number)"))
                    return String(decoding: answer.body, as: UTF8.self)
                }
            }
            return try await group.reduce(into: Set()) { $0.insert($1) }
        }
        #expect(bodies == Set((0..<200).map { "/\($0)" }))
    }

    @Test("a connection is kept for the next request")
    func keepAlive() async throws {
        let server = try ScriptedServer { _ in .answer(200) }
        defer { server.stop() }
        for _ in 0..<3 { _ = try await client.send(.init(.post, server.url, body: [1])) }
        #expect(server.requests.map(\.connection) == [1, 1, 1])
    }
}
