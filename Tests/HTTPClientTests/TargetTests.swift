// SPDX-License-Identifier: Apache-2.0
import HTTPClient
import ScriptedServer
import Testing

/// What is refused before anything is sent. Nothing here may reach a network.
@Suite struct TargetTests {
    func refusal(
        _ request: HTTPClientRequest, _ plainHTTP: HTTPClient.Options.PlainHTTP = .loopbackOnly
    ) async throws -> HTTPClientError {
        let client = try HTTPClient(.init(userAgent: "tests/1", plainHTTP: plainHTTP))
        let error = await #expect(throws: HTTPClientError.self) { try await client.send(request) }
        return try #require(error)
    }

    @Test("a URL that cannot be meant is refused", arguments: [
        "", "onboardd", "127.0.0.1:8080", "http://", "ftp://127.0.0.1/", "file:///etc/passwd", "http://127.0.0.1:99999/",
        "http://me@127.0.0.1/", "http://me:secret@127.0.0.1/", "http://127.0.0.1/a b", "http://127.0.0.1/\r\nX: y",
        "http://127.0.0.1/\0",
    ])
    func url(_ url: String) async throws {
        let error = try await refusal(.init(.get, url))
        #expect(error.code == .invalidURL)
        #expect(!error.mayHaveBeenSent)
    }

    @Test("plain http stays on this machine", arguments: [
        "http://192.0.2.1/", "http://localhost.example/", "http://127.0.0.1.example/", "http://[2001:db8::1]/",
    ])
    func plainHTTP(_ url: String) async throws {
        #expect(try await refusal(.init(.get, url)).code == .plainHTTPRefused)
    }

    @Test("this machine has several names", arguments: ["localhost", "LOCALHOST", "127.0.0.1", "127.1", "[::1]"])
    func loopback(_ host: String) async throws {
        // Port 0: nobody can listen there, so getting as far as connecting is the proof.
        #expect(try await refusal(.init(.get, "http://\(host):0/")).code == .cannotConnect)
    }

    @Test("plain http elsewhere needs leave")
    func leave() async throws {
        #expect(try await refusal(.init(.get, "http://nowhere.invalid/"), .anywhere).code == .cannotConnect)
    }

    @Test("a header that would end its line early is refused", arguments: [
        ("X-A", "1\r\nX-B: 2"), ("X-A", "1\n"), ("X-A\r\nX-B", "2"), ("X A", "1"), ("", "1"), ("X-A", "\0"), ("X:A", "1"),
    ])
    func header(name: String, value: String) async throws {
        let error = try await refusal(.init(.get, "http://127.0.0.1:0/", headers: HTTPClientHeaders(dictionaryLiteral: (name, value))))
        #expect(error.code == .invalidRequest)
    }
}
