// SPDX-License-Identifier: Apache-2.0
import HTTPClient

/// Why a command did not do what it was asked.
enum Failure: Error, Sendable {
    /// The server answered with an error.
    case refused(Problem)
    case unreachable(String)
    /// Something answers there, but cannot prove to be the server.
    case untrusted(String)
    /// It answered, but not as onboardd does.
    case unreadable(String)
    /// The command line names a server that may not be used so.
    case wrongServer(String)
    /// Standard output is closed or full.
    case output(String)

    init(_ error: HTTPClientError, server: ServerAddress, changes: Bool) {
        let doubt = changes && error.mayHaveBeenSent
            ? "\nthe server may have done it: look before you do it again (onboardctl list), or repeat it with the same --idempotency-key"
            : ""
        switch error.code {
        case .plainHTTPRefused:
            self = .wrongServer(
                "\(server.name) would carry the token in clear over the network: use https, or unset the token")
        case .invalidURL, .invalidRequest:
            self = .wrongServer("\(server.name): \(error.message)")
        case .tls:
            self = .untrusted("cannot reach \(server.name) safely: \(error.message)")
        case .cannotConnect, .timedOut, .connectionLost, .cancelled, .unavailable:
            self = .unreachable("cannot reach \(server.name): \(error.message)\(doubt)")
        case .tooLarge, .protocolError:
            self = .unreadable("\(server.name): \(error.message)\(doubt)")
        }
    }

    var exitCode: ExitCode {
        switch self {
        case .refused, .unreadable, .output: .failed
        case .unreachable, .untrusted: .unreachable
        case .wrongServer: .usage
        }
    }

    /// For stderr.
    var text: String {
        switch self {
        case .refused(let problem): problem.text
        case .unreachable(let text), .untrusted(let text), .unreadable(let text), .wrongServer(let text), .output(let text):
            "onboardctl: \(text)"
        }
    }

    /// The server's own words, where it sent JSON.
    var json: String? {
        guard case .refused(let problem) = self else { return nil }
        return problem.json
    }

    /// Worth asking again: the server is restarting, stopping or full.
    var isPassing: Bool {
        switch self {
        case .unreachable: true
        case .refused(let problem): [429, 502, 503, 504].contains(problem.status)
        case .untrusted, .unreadable, .wrongServer, .output: false
        }
    }

    /// What the server asked for with its refusal.
    var retryAfter: Duration? {
        guard case .refused(let problem) = self else { return nil }
        return problem.retryAfter
    }
}
