// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPClient
import ScriptedServer
import Testing

@Suite(.timeLimit(.minutes(1))) struct TLSTests {
    @Test("a server that does not speak TLS is a TLS error, before anything is sent")
    func plainServer() async throws {
        let server = try ScriptedServer { _ in .answer(200) }
        defer { server.stop() }
        let client = try HTTPClient(.init(userAgent: "tests/1"))
        let url = server.url.replacingOccurrences(of: "http:", with: "https:")
        let error = await #expect(throws: HTTPClientError.self) { try await client.send(.init(.get, url)) }
        #expect(error?.code == .tls)
        #expect(error?.mayHaveBeenSent == false)
    }

    @Test("only a certificate from a trusted authority is taken", .enabled(if: OpenSSLServer.isInstalled))
    func trust() async throws {
        let server = try OpenSSLServer()
        defer { server.stop() }
        let strict = try HTTPClient(.init(userAgent: "tests/1"))
        let error = await #expect(throws: HTTPClientError.self) { try await strict.send(.init(.get, server.url)) }
        #expect(error?.code == .tls)
        #expect(error?.mayHaveBeenSent == false)
        let trusting = try HTTPClient(.init(userAgent: "tests/1", certificateAuthorities: server.certificate))
        #expect(try await trusting.send(.init(.get, server.url)).status == 200)
    }

    @Test("a certificate for another name is refused", .enabled(if: OpenSSLServer.isInstalled))
    func otherName() async throws {
        let server = try OpenSSLServer()
        defer { server.stop() }
        let client = try HTTPClient(.init(userAgent: "tests/1", certificateAuthorities: server.certificate))
        let url = server.url.replacingOccurrences(of: "127.0.0.1", with: "localhost")
        let error = await #expect(throws: HTTPClientError.self) { try await client.send(.init(.get, url)) }
        #expect(error?.code == .tls)
    }

    @Test("TLS 1.1 is refused", .enabled(if: OpenSSLServer.isInstalled))
    func oldVersion() async throws {
        let server = try OpenSSLServer(options: ["-tls1_1", "-cipher", "DEFAULT:@SECLEVEL=0"])
        defer { server.stop() }
        let client = try HTTPClient(.init(userAgent: "tests/1", certificateAuthorities: server.certificate))
        let error = await #expect(throws: HTTPClientError.self) { try await client.send(.init(.get, server.url)) }
        #expect(error?.code == .tls)
    }
}
