// SPDX-License-Identifier: Apache-2.0

/// Why the server could not listen or start. `message` names the address and the system's reason.
public struct HTTPServerError: Error, Equatable, Sendable, CustomStringConvertible {
    public enum Code: String, Sendable {
        /// Not `ADDRESS:PORT`, `[IPV6]:PORT` or `unix:/PATH`.
        case invalidAddress = "invalid_address"
        /// Another process answers there, or a file that is no socket is in the way.
        case addressInUse = "address_in_use"
        /// The system refused for another reason.
        case cannotListen = "cannot_listen"
        /// libmicrohttpd could not start; its own messages went to `HTTPServer`'s `report`.
        case cannotStart = "cannot_start"
        case alreadyStarted = "already_started"
    }

    public let code: Code
    public let message: String
    public var description: String { message }
}
