// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPServer
import Synchronization

/// A service of closures that answers with what it was asked.
struct TestService: HTTPService {
    var admitting: @Sendable (HTTPRequest) -> HTTPAdmission = { _ in .accept(bodyLimit: 1024) }
    var responding: @Sendable (HTTPRequest) -> HTTPAnswer = { .now(.text(echo($0))) }

    func admit(_ head: HTTPRequest) -> HTTPAdmission { admitting(head) }
    func respond(to request: HTTPRequest) -> HTTPAnswer { responding(request) }
    func tooLarge(_ head: HTTPRequest, limit: Int) -> HTTPResponse { .text("over \(limit)", status: 413) }
    func stopping(_ request: HTTPRequest) -> HTTPResponse { .text("stopping", status: 503) }

    func malformed(_ head: HTTPRequest, _ defect: HTTPDefect) -> HTTPResponse {
        let status =
            switch defect.code {
            case .malformedHead, .ambiguousLength: 400
            case .unknownTransferCoding: 501
            case .headTooLarge: 431
            }
        return .text("ours: \(defect.message)", status: status)
    }

    static func echo(_ request: HTTPRequest) -> String {
        let segments = request.pathSegments.map { $0.joined(separator: "|") } ?? "undecodable"
        let query = request.query.map { $0.map { "\($0.name)=\($0.value)" }.joined(separator: "|") } ?? "undecodable"
        return "\(request.method) \(request.target) [\(segments)] [\(query)] \(String(decoding: request.body, as: UTF8.self))"
    }
}

private func echo(_ request: HTTPRequest) -> String { TestService.echo(request) }

extension HTTPResponse {
    static func text(_ text: String, status: Int = 200, headers: [(String, String)] = []) -> HTTPResponse {
        HTTPResponse(status: status, headers: [("Content-Type", "text/plain")] + headers, body: Array(text.utf8))
    }
}

/// Runs `body` against a server on a free loopback port, and stops it.
func withServer<R: Sendable>(
    _ service: TestService = TestService(), limits: HTTPLimits = HTTPLimits(), at address: String = "127.0.0.1:0",
    _ body: @escaping @Sendable (String) throws -> R
) async throws -> R {
    let server = HTTPServer(listening: try ListeningSocket(address), limits: limits, service: service)
    try server.start()
    let url = server.listening.url
    let result: Result<R, any Error>
    do { result = .success(try await blocking { try body(url) }) } catch { result = .failure(error) }
    await server.stop(settling: .zero, delivering: .seconds(5))
    return try result.get()
}

/// An event that a test waits for and the server's side tells; holds what was told before anyone waited.
final class Signal<Value: Sendable>: Sendable {
    private struct State {
        var told: [Value] = []
        var waiters: [CheckedContinuation<Value, Never>] = []
    }

    private let state = Mutex(State())

    func tell(_ value: Value) {
        let waiter: CheckedContinuation<Value, Never>? = state.withLock { state in
            if state.waiters.isEmpty {
                state.told.append(value)
                return nil
            }
            return state.waiters.removeFirst()
        }
        waiter?.resume(returning: value)
    }

    func next() async -> Value {
        await withCheckedContinuation { continuation in
            let value: Value? = state.withLock { state in
                if state.told.isEmpty {
                    state.waiters.append(continuation)
                    return nil
                }
                return state.told.removeFirst()
            }
            if let value { continuation.resume(returning: value) }
        }
    }
}

extension Signal where Value == Void {
    func tell() { tell(()) }
}

/// Removed with its last reference.
final class TemporaryFolder: Sendable {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.appendingPathComponent("httpserver-\(UUID())").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}
