// SPDX-License-Identifier: Apache-2.0
import CommandTable

/// Where onboardd listens.
struct ServerAddress: Sendable, Equatable {
    /// As given, for messages.
    let name: String
    /// What request paths are put behind.
    let base: String
    let unixSocket: String?

    static let standard = "http://127.0.0.1:8080"

    init(_ text: String) throws(UsageError) {
        name = text
        if text.hasPrefix("unix:") {
            let path = String(text.dropFirst("unix:".count))
            guard path.hasPrefix("/") else { throw UsageError("the server \"\(text)\" must be unix:/absolute/path.sock") }
            base = "http://localhost"
            unixSocket = path
            return
        }
        guard text.hasPrefix("http://") || text.hasPrefix("https://") else {
            throw UsageError("the server \"\(text)\" must be http://host:port, https://host or unix:/path.sock")
        }
        guard !text.contains(where: { "?#@".contains($0) }) else {
            // Not repeated: what stands before an @ may be a password.
            throw UsageError("the server's URL may hold no user name, query or fragment: use --token-file for the token")
        }
        base = String(text.reversed().drop { $0 == "/" }.reversed())
        unixSocket = nil
    }
}
