// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPClient

/// A daemon of this run's own, as a process.
final class DaemonUnderTest: Sendable {
    struct Failure: Error { let reason: String }

    let client: HTTPClient
    private let url: String
    private let process: Process

    init(binary: String, state: String) async throws {
        process = Process()
        process.executableURL = URL(filePath: binary)
        process.arguments = ["serve", "--listen", "127.0.0.1:0", "--state-dir", state]
        process.environment = ["ONBOARDD_LOG_LEVEL": "error"]
        try process.run()
        client = try HTTPClient(HTTPClient.Options(userAgent: "onboardd-bench"))
        let address = state + "/address"
        let deadline = ContinuousClock.now + .seconds(10)
        while !FileManager.default.fileExists(atPath: address) {
            guard ContinuousClock.now < deadline else { throw Failure(reason: "the daemon did not start") }
            try await Task.sleep(for: .milliseconds(10))
        }
        url = String(try String(contentsOfFile: address, encoding: .utf8).dropLast())
    }

    /// - Throws: `Failure` where the answer isn't the one that is expected.
    func post(_ path: String, _ body: String, headers: HTTPClientHeaders = [:], expect status: Int) async throws {
        var headers = headers
        headers.add("Content-Type", "application/json")
        let answer = try await client.send(HTTPClientRequest(.post, url + path, headers: headers, body: Array(body.utf8)))
        guard answer.status == status else { throw Failure(reason: "\(path): \(answer.status) \(String(decoding: answer.body, as: UTF8.self))") }
    }

    func stop() async throws {
        client.close()
        process.terminate()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Failure(reason: "the daemon ended with \(process.terminationStatus)") }
    }
}
