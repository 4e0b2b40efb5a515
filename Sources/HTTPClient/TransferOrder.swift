// SPDX-License-Identifier: Apache-2.0

/// A request that has been checked, with what the client's options make of it.
struct TransferOrder: Sendable {
    let request: HTTPClientRequest
    let options: HTTPClient.Options
    let target: RequestTarget

    /// "POST https://bigquery.googleapis.com/bigquery/v2/...": how messages name the request.
    var name: String { "\(request.method.rawValue) \(target.name)" }

    init(_ request: HTTPClientRequest, options: HTTPClient.Options) throws(HTTPClientError) {
        let target = try RequestTarget(url: request.url, unixSocket: request.unixSocket)
        if !target.isEncrypted, !target.isLocal, case .loopbackOnly = options.plainHTTP {
            throw .unsent(.plainHTTPRefused, "\(target.name): plain http is only for this machine: use https")
        }
        if let path = request.unixSocket, path.isEmpty || path.utf8.contains(0) {
            throw .unsent(.invalidRequest, "\(target.name): the socket's path is empty or holds a zero byte")
        }
        if let field = request.headers.fields.first(where: { !$0.isWellFormed }) {
            let name = String(field.name.unicodeScalars.prefix(64).map { $0.value < 0x20 ? "?" : Character($0) })
            throw .unsent(.invalidRequest, "\(target.name): the header field \"\(name)\" is not well formed")
        }
        if request.method == .head, request.body != nil {
            throw .unsent(.invalidRequest, "\(target.name): HEAD takes no body")
        }
        self.request = request
        self.options = options
        self.target = target
    }
}
