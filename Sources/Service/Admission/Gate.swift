// SPDX-License-Identifier: Apache-2.0
import HTTPServer

/// What is looked at before a route is: for whom the request is, where it comes from, and which way.
struct Gate: Sendable {
    /// Names by which this server may be called besides the loopback ones, in lower case.
    let hosts: [String]

    /// - Throws: `Problem` `misdirected`, `foreign_origin`, `tokens_required`.
    func check(_ head: HTTPRequest) throws(Problem) {
        try checkHost(head)
        try checkOrigin(head)
        try checkProxy(head)
    }

    /// A page of another site that had its own name point here (DNS rebinding) sends that name.
    private func checkHost(_ head: HTTPRequest) throws(Problem) {
        guard let authority = head.authority, let host = HostName(authority: authority) else {
            throw Problem(.misdirected, "the request names no host that can be read")
        }
        guard host.isLoopback || hosts.contains(host.text) else {
            throw Problem(.misdirected, "this server is not called that: use a loopback name, or one of listen.hosts")
        }
    }

    private func checkOrigin(_ head: HTTPRequest) throws(Problem) {
        for origin in head.headers(named: "Origin") {
            let ours = head.authority.map { ["http://\($0)", "https://\($0)"] } ?? []
            guard ours.contains(where: { $0.lowercased() == origin.lowercased() }) else {
                throw Problem(.foreignOrigin, "a page of another site may not use this server")
            }
        }
    }

    /// Without tokens whoever can connect may do everything; behind a proxy that would be the whole world.
    private func checkProxy(_ head: HTTPRequest) throws(Problem) {
        if head.header("Forwarded") != nil || head.header("Via") != nil || head.hasHeader(beginning: "X-Forwarded-") {
            throw Problem(.tokensRequired, "the request came through a proxy, and this server has no tokens to tell clients apart")
        }
    }
}

/// The host of an authority (RFC 3986, 3.2), without its port.
struct HostName: Equatable {
    /// In lower case; an IPv6 address in its brackets.
    let text: String

    init?(authority: String) {
        let bytes = authority.utf8
        let end: String.Index
        if bytes.first == UInt8(ascii: "[") {
            guard let bracket = bytes.firstIndex(of: UInt8(ascii: "]")) else { return nil }
            end = bytes.index(after: bracket)
        } else {
            end = bytes.firstIndex(of: UInt8(ascii: ":")) ?? bytes.endIndex
        }
        let port = bytes[end...]
        guard end > bytes.startIndex, port.isEmpty || (port.first == UInt8(ascii: ":") && port.dropFirst().allSatisfy(\.isDigit)) else {
            return nil
        }
        text = authority[..<end].lowercased()
    }

    /// `localhost`, 127.0.0.0/8 and ::1, as numbers.
    var isLoopback: Bool {
        if text == "localhost" || text == "[::1]" { return true }
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { part in
            part.utf8.allSatisfy(\.isDigit) && UInt8(part) != nil
        }
    }
}

extension UInt8 {
    fileprivate var isDigit: Bool { (0x30...0x39).contains(self) }
}
