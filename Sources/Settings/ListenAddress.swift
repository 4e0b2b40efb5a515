// SPDX-License-Identifier: Apache-2.0
import Glibc

/// Where a server listens.
public enum ListenAddress: Sendable, Equatable {
    /// An IPv4 or IPv6 address in numbers; port 0 takes a free one.
    case ip(host: String, port: UInt16)
    case unix(path: String)
}

extension ListenAddress {
    /// What `sun_path` holds beside its final NUL (unix(7)).
    static let longestUnixPath = 107

    /// Only this machine can reach it.
    public var isLocal: Bool {
        switch self {
        case .unix: true
        case .ip(let host, _): host == "::1" || Self.isIPv4(host) && host.hasPrefix("127.")
        }
    }

    static func parse(_ text: String) throws(SettingRefusal) -> Self {
        if text.hasPrefix("unix:") { return .unix(path: try unixPath(text.dropFirst(5))) }
        guard let colon = text.lastIndex(of: ":") else { throw SettingRefusal("`\(text)` has no port") }
        let digits = text[text.index(after: colon)...]
        guard let port = UInt16(digits) else {
            throw SettingRefusal("`\(digits)` is not a port", instead: "write a number from 0 to 65535 after the colon")
        }
        return .ip(host: try host(text[..<colon]), port: port)
    }

    private static func unixPath(_ path: Substring) throws(SettingRefusal) -> String {
        guard path.hasPrefix("/"), path.utf8.allSatisfy({ $0 >= 0x20 }) else {
            throw SettingRefusal("`unix:\(path)` has no absolute path")
        }
        guard path.utf8.count <= longestUnixPath else {
            throw SettingRefusal("the socket's path is too long", instead: "write one of at most \(longestUnixPath) bytes")
        }
        return String(path)
    }

    private static func host(_ text: Substring) throws(SettingRefusal) -> String {
        if text.hasPrefix("["), text.hasSuffix("]") {
            let host = String(text.dropFirst().dropLast())
            if isIPv6(host) { return host }
        } else if isIPv4(String(text)) {
            return String(text)
        }
        throw SettingRefusal(
            "`\(text)` is not an IP address",
            instead: "write one, as 127.0.0.1 or [::1], before the port; names are not looked up")
    }

    private static func isIPv4(_ host: String) -> Bool {
        var address = in_addr()
        return inet_pton(AF_INET, host, &address) == 1
    }

    private static func isIPv6(_ host: String) -> Bool {
        var address = in6_addr()
        return inet_pton(AF_INET6, host, &address) == 1
    }
}

extension ListenAddress: CustomStringConvertible {
    public var description: String {
        switch self {
        case .ip(let host, let port): Self.isIPv4(host) ? "\(host):\(port)" : "[\(host)]:\(port)"
        case .unix(let path): "unix:\(path)"
        }
    }
}

extension SettingKind where Value == ListenAddress {
    public static var address: Self {
        Self(
            expects: "an address and port, as 127.0.0.1:8080 or [::1]:8080, or unix:/path",
            parse: { text throws(SettingRefusal) in try ListenAddress.parse(text) }, write: { "\($0)".asYAML })
    }
}
