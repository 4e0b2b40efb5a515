// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPClient
import ScriptedServer
import Testing

@Suite(.timeLimit(.minutes(1))) struct FailureTests {
    let client: HTTPClient

    init() throws {
        client = try HTTPClient(.init(userAgent: "tests/1"))
    }

    func failure(_ request: HTTPClientRequest) async throws -> HTTPClientError {
        let error = await #expect(throws: HTTPClientError.self) { try await client.send(request) }
        return try #require(error)
    }

    @Test("nobody listening is told from a broken connection")
    func refused() async throws {
        let server = try ScriptedServer { _ in .closeConnection }
        let lost = try await failure(.init(.post, server.url, body: [1]))
        #expect(lost.code == .connectionLost)
        #expect(lost.mayHaveBeenSent)
        server.stop()
        let missing = "/nonexistent/socket"
        let refused = try await failure(.init(.get, "http://localhost/", unixSocket: missing))
        #expect(refused.code == .cannotConnect)
        #expect(!refused.mayHaveBeenSent)
        #expect(refused.message.contains(missing))
    }

    @Test("a name that does not exist is no connection")
    func unknownHost() async throws {
        #expect(try await failure(.init(.get, "https://nowhere.invalid/")).code == .cannotConnect)
    }

    @Test("an answer over the limit is refused", arguments: [
        ScriptedReply.answer(200, body: [UInt8](repeating: 1, count: 1001)),
        .raw("HTTP/1.1 200 OK\r\n\r\n" + String(repeating: "x", count: 1001)),
        .answer(200, headers: ["X-Long": String(repeating: "x", count: 70_000)]),
    ])
    func tooLarge(reply: ScriptedReply) async throws {
        let server = try ScriptedServer { _ in reply }
        defer { server.stop() }
        let error = try await failure(.init(.get, server.url, responseLimitBytes: 1000))
        #expect(error.code == .tooLarge)
        #expect(error.mayHaveBeenSent)
    }

    @Test("an answer of just the limit is taken")
    func justLargeEnough() async throws {
        let server = try ScriptedServer { _ in .answer(200, body: [UInt8](repeating: 1, count: 1000)) }
        defer { server.stop() }
        #expect(try await client.send(.init(.get, server.url, responseLimitBytes: 1000)).body.count == 1000)
    }

    @Test("a server that does not answer is given up after the total time")
    func timeout() async throws {
        let server = try ScriptedServer { _ in .silence }
        defer { server.stop() }
        let error = try await failure(.init(.get, server.url, totalTimeout: .milliseconds(50)))
        #expect(error.code == .timedOut)
        #expect(error.mayHaveBeenSent)
    }

    @Test("an answer that is not HTTP, or only half of one, is an error", arguments: [
        ("SSH-2.0-OpenSSH\r\n", HTTPClientError.Code.protocolError),
        ("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf", .connectionLost),
    ])
    func broken(reply: String, code: HTTPClientError.Code) async throws {
        let server = try ScriptedServer { _ in .raw(reply) }
        defer { server.stop() }
        #expect(try await failure(.init(.get, server.url)).code == code)
    }

    @Test("a request that may not be repeated is not sent again when a kept connection dies", arguments: [
        (HTTPClientRequest.Method.post, [1] as [UInt8]?), (.post, nil), (.patch, [1]),
    ])
    func sentOnce(method: HTTPClientRequest.Method, body: [UInt8]?) async throws {
        // The first request leaves a connection behind; the second dies on it, or on one of its own.
        let server = try ScriptedServer { $0.target == "/first" ? .answer(200) : .closeConnection }
        defer { server.stop() }
        _ = try await client.send(.init(.get, server.url + "/first"))
        let error = try await failure(.init(method, server.url + "/second", body: body))
        #expect(error.code == .connectionLost)
        #expect(error.mayHaveBeenSent)
        #expect(server.requests.filter { $0.target == "/second" }.count == 1)
    }

    @Test("an error names neither query nor password nor header")
    func noSecrets() async throws {
        let server = try ScriptedServer { _ in .closeConnection }
        let headers: HTTPClientHeaders = ["Authorization": "Bearer s3cret"]
        for url in ["\(server.url)/a?key=s3cret", "http://me:s3cret@127.0.0.1:\(server.port)/", "http://s3cret@[::1"] {
            let error = try await failure(.init(.get, url, headers: headers))
            #expect(!"\(error)".contains("s3cret"), "\(error)")
        }
        server.stop()
    }
}
