// SPDX-License-Identifier: Apache-2.0
import CCurl

extension Transfer {
    func setTarget() throws(HTTPClientError) {
        let (request, options, target) = (order.request, order.options, order.target)
        try easy.set(CURLOPT_URL, request.url)
        try easy.set(CURLOPT_PROTOCOLS_STR, "http,https")
        try easy.set(CURLOPT_PATH_AS_IS, 1)
        try easy.set(CURLOPT_FOLLOWLOCATION, 0)
        try easy.set(CURLOPT_USERAGENT, options.userAgent)
        if let path = request.unixSocket { try easy.set(CURLOPT_UNIX_SOCKET_PATH, path) }
        // An empty proxy is libcurl's way to say: none, whatever the environment holds.
        if case .direct = options.proxy { try easy.set(CURLOPT_PROXY, "") }
        if target.isLocal { try easy.set(CURLOPT_PROXY, "") }

        try easy.set(CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_2TLS)
        try easy.set(CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2)
        try easy.set(CURLOPT_SSL_VERIFYPEER, 1)
        try easy.set(CURLOPT_SSL_VERIFYHOST, 2)
        if let file = options.certificateAuthorities { try easy.set(CURLOPT_CAINFO, file) }
        // Over TLS wait for a connection in the making, which may turn out to carry HTTP/2, rather than open another.
        try easy.set(CURLOPT_PIPEWAIT, target.isEncrypted ? 1 : 0)
    }

    func setBounds() throws(HTTPClientError) {
        try easy.set(CURLOPT_CONNECTTIMEOUT_MS, order.request.connectTimeout.wholeMilliseconds)
        try easy.set(CURLOPT_TIMEOUT_MS, order.request.totalTimeout.wholeMilliseconds)
        try easy.set(CURLOPT_TCP_KEEPALIVE, 1)
        try easy.set(CURLOPT_NOSIGNAL, 1)
        // Without it, giving up on a name lookup waits for its thread, and all other transfers with it
        // (CURLOPT_QUICK_EXIT(3)).
        try easy.set(CURLOPT_QUICK_EXIT, 1)
    }

    /// libcurl sends a request again by itself when a kept connection dies without an answer. For a body it must rewind
    /// to do so, which it cannot without a seek callback; a request without one gets a connection of its own unless its
    /// method may be repeated (RFC 9110, 9.2.2).
    func setMethod() throws(HTTPClientError) {
        let request = order.request
        switch (request.method, request.body) {
        case (.get, nil): try easy.set(CURLOPT_HTTPGET, 1)
        case (.head, _): try easy.set(CURLOPT_NOBODY, 1)
        case (.delete, nil): try easy.set(CURLOPT_CUSTOMREQUEST, request.method.rawValue)
        case (_, let body):
            try easy.set(CURLOPT_POST, 1)
            try easy.set(CURLOPT_CUSTOMREQUEST, request.method.rawValue)
            try easy.set(CURLOPT_POSTFIELDSIZE_LARGE, offset: body?.count ?? 0)
            try easy.set(CURLOPT_READDATA, pointer: Unmanaged.passUnretained(self).toOpaque())
            try easy.set(CURLOPT_READFUNCTION) { buffer, size, count, context in
                Transfer.at(context)?.giveBody(to: buffer, capacity: size * count) ?? Int(CURL_READFUNC_ABORT)
            }
            if body?.isEmpty != false, !request.method.mayBeRepeated { try easy.set(CURLOPT_FRESH_CONNECT, 1) }
        }
    }

    func setReceivers() throws(HTTPClientError) {
        let context = Unmanaged.passUnretained(self).toOpaque()
        try easy.set(CURLOPT_HEADERDATA, pointer: context)
        try easy.set(CURLOPT_HEADERFUNCTION) { bytes, size, count, context in
            Transfer.at(context)?.take(UnsafeRawBufferPointer(start: bytes, count: size * count), header: true) ?? 0
        }
        try easy.set(CURLOPT_WRITEDATA, pointer: context)
        try easy.set(CURLOPT_WRITEFUNCTION) { bytes, size, count, context in
            Transfer.at(context)?.take(UnsafeRawBufferPointer(start: bytes, count: size * count), header: false) ?? 0
        }
    }

    private static func at(_ context: UnsafeMutableRawPointer?) -> Transfer? {
        context.map { Unmanaged<Transfer>.fromOpaque($0).takeUnretainedValue() }
    }
}

extension HTTPClientRequest.Method {
    fileprivate var mayBeRepeated: Bool { self != .post && self != .patch }
}

extension Duration {
    /// At least 1, because 0 means "never" to libcurl.
    fileprivate var wholeMilliseconds: Int {
        let (seconds, attoseconds) = components
        let longest = Int64(Int32.max / 1000)
        return max(1, Int(min(seconds, longest)) * 1000 + Int(attoseconds / 1_000_000_000_000_000))
    }
}
