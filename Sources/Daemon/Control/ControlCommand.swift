// SPDX-License-Identifier: Apache-2.0
import FoundationEssentials
import Glibc
import HTTPClient
import Onboarding
import Service
import Time

/// A command on an installation: asked of the daemon that runs there, or done here where none does.
public enum ControlCommand: Sendable, Hashable {
    case bootstrap
    case reconcile(adopt: Bool, fix: Bool)

    init?(path: String) {
        switch path {
        case "/bootstrap": self = .bootstrap
        case "/reconcile": self = .reconcile(adopt: false, fix: false)
        case "/reconcile/adopt": self = .reconcile(adopt: true, fix: false)
        case "/reconcile/fix": self = .reconcile(adopt: false, fix: true)
        case "/reconcile/adopt/fix": self = .reconcile(adopt: true, fix: true)
        default: return nil
        }
    }

    var path: String {
        switch self {
        case .bootstrap: "/bootstrap"
        case .reconcile(let adopt, let fix): "/reconcile" + (adopt ? "/adopt" : "") + (fix ? "/fix" : "")
        }
    }

    /// - Returns: the command's report as JSON.
    func run(on installation: Installation) async throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
        switch self {
        case .bootstrap: return Array(try encoder.encode(await installation.bootstrap()))
        case .reconcile(let adopt, let fix):
            let actions: [Reconciliation.Action] = (adopt ? [.adopt] : []) + (fix ? [.fix] : [])
            return Array(try encoder.encode(await installation.reconciliation().run(Set(actions))))
        }
    }

    /// Asks the running daemon, or opens the installation itself where none runs.
    /// - Returns: the command's report as JSON.
    public func perform(_ configuration: Configuration, time: TimeSource) async throws -> [UInt8] {
        if case .reconcile = self {
            let jobs = try StateDirectory(existing: configuration.state.directory).jobs
            guard access(jobs, F_OK) == 0 else {
                throw DaemonError.control(reason: "\(jobs) is not there: nothing to compare; check state.directory")
            }
        }
        do {
            let installation = try await Installation.open(configuration, time: time)
            let report = try await run(on: installation)
            try await installation.close()
            return report
        } catch DaemonError.locked {
            return try await ask(StateDirectory(existing: configuration.state.directory))
        }
    }

    /// How long a reconciliation of a large warehouse may take.
    private static let patience = Duration.seconds(3600)

    private func ask(_ state: StateDirectory) async throws -> [UInt8] {
        let client = try HTTPClient(HTTPClient.Options(userAgent: "onboardd"))
        defer { client.close() }
        let answer = try await client.send(
            HTTPClientRequest(
                .post, "http://localhost" + path, unixSocket: state.controlSocket, totalTimeout: Self.patience))
        guard answer.status == 200 else { throw DaemonError.control(reason: String(decoding: answer.body, as: UTF8.self)) }
        return answer.body
    }
}
