// SPDX-License-Identifier: Apache-2.0
import FoundationEssentials
import Glibc
import HTTPServer

/// What commands of the same machine ask of a running daemon, over the socket in its state directory. Not part of the API.
struct ControlService: HTTPService {
    let installation: Installation

    /// Only the state directory's owner may ask.
    static func listen(_ state: StateDirectory) throws -> ListeningSocket {
        let socket = try ListeningSocket("unix:" + state.controlSocket)
        guard chmod(state.controlSocket, 0o600) == 0 else {
            throw DaemonError.system(state.controlSocket)
        }
        return socket
    }

    func admit(_ head: HTTPRequest) -> HTTPAdmission { .accept(bodyLimit: 0) }

    func respond(to request: HTTPRequest) -> HTTPAnswer {
        guard request.method == "POST", let command = ControlCommand(path: request.path) else {
            return .now(refusal(404, "no such command: \(request.method) \(request.path)"))
        }
        return .later {
            do {
                return HTTPResponse(
                    status: 200, headers: [("Content-Type", "application/json")], body: try await command.run(on: installation))
            } catch {
                return refusal(409, "\(error)")
            }
        }
    }

    func tooLarge(_ head: HTTPRequest, limit: Int) -> HTTPResponse { refusal(413, "commands take no body") }
    func malformed(_ head: HTTPRequest, _ defect: HTTPDefect) -> HTTPResponse { refusal(400, defect.message) }
    func stopping(_ request: HTTPRequest) -> HTTPResponse { refusal(503, "the daemon stops") }

    private func refusal(_ status: Int, _ message: String) -> HTTPResponse {
        HTTPResponse(status: status, headers: [("Content-Type", "text/plain; charset=utf-8")], body: Array(message.utf8))
    }
}
