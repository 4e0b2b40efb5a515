// SPDX-License-Identifier: Apache-2.0
import HTTPClient
import ScriptedServer
import Testing

@Suite(.timeLimit(.minutes(1))) struct CancellationTests {
    let client: HTTPClient

    init() throws {
        client = try HTTPClient(.init(userAgent: "tests/1"))
    }

    @Test("cancelling closes the connection, and tells that the request was sent")
    func midway() async throws {
        let server = try ScriptedServer { _ in .silence }
        defer { server.stop() }
        let sending = Task { [client] in try await client.send(.init(.get, server.url)) }
        await server.arrivals(1)
        sending.cancel()
        await server.disconnection()
        let error = await #expect(throws: HTTPClientError.self) { try await sending.value }
        #expect(error?.code == .cancelled)
        #expect(error?.mayHaveBeenSent == true)
    }

    @Test("a cancelled task sends nothing")
    func before() async throws {
        let server = try ScriptedServer { _ in .answer(200) }
        defer { server.stop() }
        let sending = Task { [client] in
            withUnsafeCurrentTask { $0?.cancel() }
            return try await client.send(.init(.get, server.url))
        }
        let error = await #expect(throws: HTTPClientError.self) { try await sending.value }
        #expect(error?.code == .cancelled)
        #expect(error?.mayHaveBeenSent == false)
        #expect(server.requests.isEmpty)
    }

    @Test("cancelling one leaves the others alone")
    func others() async throws {
        let gate = Gate(count: 2)
        let server = try ScriptedServer { request in
            guard request.target == "/stays" else { return .silence }
            gate.arriveAndWait()
            return .answer(200)
        }
        defer { server.stop() }
        let going = Task { [client] in try await client.send(.init(.get, server.url + "/goes")) }
        let staying = Task { [client] in try await client.send(.init(.get, server.url + "/stays")) }
        await server.arrivals(2)
        going.cancel()
        await server.disconnection()
        gate.arriveAndWait()
        #expect(try await staying.value.status == 200)
    }

    @Test("closing the client cancels what it holds and what comes later")
    func close() async throws {
        let server = try ScriptedServer { _ in .silence }
        defer { server.stop() }
        let sending = Task { [client] in try await client.send(.init(.get, server.url)) }
        await server.arrivals(1)
        client.close()
        client.close()
        let held = await #expect(throws: HTTPClientError.self) { try await sending.value }
        #expect(held?.code == .cancelled)
        let later = await #expect(throws: HTTPClientError.self) { try await client.send(.init(.get, server.url)) }
        #expect(later?.code == .cancelled)
    }

    @Test("a client let go of ends its thread and connections")
    func released() async throws {
        let server = try ScriptedServer { _ in .answer(200) }
        defer { server.stop() }
        _ = try await HTTPClient(.init(userAgent: "tests/1")).send(.init(.get, server.url))
        await server.disconnection()
    }
}
