// SPDX-License-Identifier: Apache-2.0
import CommandTable

/// What every command takes.
enum CommonOption {
    static let url = Option("url", .text("URL"), summary: "the server: http://host:port, https://host or unix:/path.sock")
    static let tokenFile = Option("token-file", .text("FILE"), summary: "read the bearer token from FILE")
    static let json = Option("json", .flag, summary: "print the server's JSON as it is")

    static let all = [url, tokenFile, json]
}
