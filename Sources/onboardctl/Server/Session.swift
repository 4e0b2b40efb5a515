// SPDX-License-Identifier: Apache-2.0
import CommandTable
import HTTPClient

/// What a command works with: the server, the token, the terminal.
struct Session: Sendable {
    let console: Console
    let asJSON: Bool
    let server: ServerAddress
    private let token: Token?
    private let client: HTTPClient

    /// The server bounds its answers; this only guards against one that is not onboardd.
    private static let responseLimitBytes = 64 << 20

    init(_ arguments: Arguments, environment: [String: String], console: Console) throws {
        self.console = console
        asJSON = arguments.has(CommonOption.json)
        let named = arguments.text(CommonOption.url) ?? environment["ONBOARDD_URL"].flatMap { $0.isEmpty ? nil : $0 }
        server = try ServerAddress(named ?? ServerAddress.standard)
        token = try Token.find(file: arguments.text(CommonOption.tokenFile), environment: environment)
        // A token in clear on the network is a token given away; without one there is nothing to lose.
        client = try HTTPClient(
            .init(userAgent: "onboardctl/\(Onboardctl.version)", plainHTTP: token == nil ? .anywhere : .loopbackOnly))
    }

    /// Sends and returns an answer of 2xx or 304.
    ///
    /// - Parameter wait: how long the server may hold the answer.
    /// - Throws: ``Failure``.
    func send(
        _ method: HTTPClientRequest.Method, _ path: String, body: [UInt8]? = nil, headers: HTTPClientHeaders = [:],
        wait: Duration = .zero
    ) async throws(Failure) -> Answer {
        var headers = headers
        headers.add("Accept", "application/json, application/problem+json")
        if body != nil { headers.add("Content-Type", "application/json") }
        if let token { headers.add("Authorization", "Bearer \(token.secret)") }
        let request = HTTPClientRequest(
            method, server.base + path, headers: headers, body: body, unixSocket: server.unixSocket,
            totalTimeout: .seconds(30) + wait, responseLimitBytes: Self.responseLimitBytes)
        let response: HTTPClientResponse
        do {
            response = try await client.send(request)
        } catch {
            throw Failure(error, server: server, changes: method != .get)
        }
        guard (200..<300).contains(response.status) || response.status == 304 else { throw .refused(Problem(response)) }
        return Answer(response)
    }
}
