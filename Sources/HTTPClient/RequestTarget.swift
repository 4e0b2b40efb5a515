// SPDX-License-Identifier: Apache-2.0
import CCurl
import Glibc

/// Where a request goes, read by the parser that will also connect, so that both see the same host.
struct RequestTarget: Sendable {
    /// Scheme, host, port and path: no query, which may hold what must not stand in a log.
    let name: String
    let isEncrypted: Bool
    /// This machine: loopback or a unix socket.
    let isLocal: Bool

    init(url: String, unixSocket: String?) throws(HTTPClientError) {
        guard !url.utf8.contains(0) else { throw .unsent(.invalidURL, "the URL holds a zero byte") }
        guard let parts = curl_url() else { throw .unsent(.unavailable, "libcurl has no memory for a URL") }
        defer { curl_url_cleanup(parts) }
        let code = curl_url_set(parts, CURLUPART_URL, url, UInt32(CURLU_DISALLOW_USER))
        guard code == CURLUE_OK else {
            // The URL itself stays out: what cannot be read may hold a password anywhere.
            throw .unsent(.invalidURL, "the URL cannot be used: \(String(cString: curl_url_strerror(code)))")
        }
        let scheme = Self.part(CURLUPART_SCHEME, of: parts) ?? ""
        guard scheme == "http" || scheme == "https", let host = Self.part(CURLUPART_HOST, of: parts) else {
            throw .unsent(.invalidURL, "the URL cannot be used: it is neither http nor https")
        }
        let path = Self.part(CURLUPART_PATH, of: parts) ?? "/"
        let port = Self.part(CURLUPART_PORT, of: parts).map { ":\($0)" } ?? ""
        name = unixSocket.map { "unix:\($0) \(path)" } ?? "\(scheme)://\(host)\(port)\(path)"
        isEncrypted = scheme == "https"
        isLocal = unixSocket != nil || Self.isLoopback(host)
    }

    private static func part(_ part: CURLUPart, of parts: OpaquePointer) -> String? {
        var text: UnsafeMutablePointer<CChar>?
        guard curl_url_get(parts, part, &text, 0) == CURLUE_OK, let text else { return nil }
        defer { curl_free(text) }
        return String(cString: text)
    }

    /// `localhost` too: libcurl answers it with 127.0.0.1 and ::1 itself, without asking the resolver (7.77 and newer).
    private static func isLoopback(_ host: String) -> Bool {
        var address = in_addr()
        if inet_pton(AF_INET, host, &address) == 1 {
            return UInt32(bigEndian: address.s_addr) >> 24 == 127
        }
        return host == "[::1]" || host.lowercased() == "localhost"
    }
}
