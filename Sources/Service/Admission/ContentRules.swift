// SPDX-License-Identifier: Apache-2.0
import HTTPServer

/// What a route demands of a request's content before a byte of it is taken.
struct ContentRules: Sendable {
    let route: Route

    /// - Throws: `Problem` `not_acceptable`, `length_required`, `unsupported_media_type`, `body_not_allowed`.
    func check(_ head: HTTPRequest) throws(Problem) {
        try checkAccept(head)
        switch route.body {
        case .none:
            guard head.framing == .none || head.framing == .length(0) else {
                throw Problem(.bodyNotAllowed, "\(route.method.rawValue) \(route.path) takes no body")
            }
        case .emptyObject: return
        case .json:
            guard case .length = head.framing else {
                throw Problem(.lengthRequired, "send Content-Length; chunked bodies are not taken")
            }
            try checkType(head)
        }
    }

    private func checkAccept(_ head: HTTPRequest) throws(Problem) {
        let lines = head.headers(named: "Accept")
        if lines.isEmpty || lines == ["*/*"] { return }
        guard MediaRanges(lines).accepts("application", "json") else {
            throw Problem(.notAcceptable, "the header Accept leaves out application/json, which is all there is")
        }
    }

    private func checkType(_ head: HTTPRequest) throws(Problem) {
        let types = head.headers(named: "Content-Type")
        guard types.count == 1, let type = MediaType(types[0]), type.type == "application", type.subtype == "json" else {
            throw Problem(.unsupportedMediaType, "send one Content-Type: application/json")
        }
        guard type.charset == nil || type.charset == "utf-8" else {
            throw Problem(.unsupportedMediaType, "JSON is sent in UTF-8, not in another charset")
        }
        guard head.headers(named: "Content-Encoding").allSatisfy({ $0.lowercased() == "identity" }) else {
            throw Problem(.unsupportedMediaType, "bodies with a Content-Encoding are not taken")
        }
    }
}
