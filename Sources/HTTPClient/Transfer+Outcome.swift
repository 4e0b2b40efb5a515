// SPDX-License-Identifier: Apache-2.0
import CCurl

extension Transfer {
    func outcome(_ result: CURLcode) -> Result<HTTPClientResponse, HTTPClientError> {
        guard result == CURLE_OK else { return .failure(failure(result)) }
        let status = easy.number(CURLINFO_RESPONSE_CODE)
        return .success(HTTPClientResponse(status: status, headers: headers, body: body))
    }

    func error(_ code: HTTPClientError.Code, _ reason: String) -> HTTPClientError {
        let mayHaveBeenSent = easy.number(CURLINFO_REQUEST_SIZE) > 0
        return HTTPClientError(code: code, message: "\(order.name): \(reason)", mayHaveBeenSent: mayHaveBeenSent)
    }

    private func failure(_ result: CURLcode) -> HTTPClientError {
        if let overLimit { return error(.tooLarge, overLimit) }
        let reason = easy.detail.isEmpty ? String(cString: curl_easy_strerror(result)) : easy.detail
        return error(Self.code(of: result), reason)
    }

    private static func code(of result: CURLcode) -> HTTPClientError.Code {
        switch result {
        case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY, CURLE_COULDNT_CONNECT, CURLE_PROXY:
            .cannotConnect
        case CURLE_OPERATION_TIMEDOUT:
            .timedOut
        case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER,
            CURLE_SSL_CACERT_BADFILE, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_CRL_BADFILE, CURLE_SSL_CLIENTCERT:
            .tls
        case CURLE_GOT_NOTHING, CURLE_SEND_ERROR, CURLE_RECV_ERROR, CURLE_PARTIAL_FILE, CURLE_SEND_FAIL_REWIND,
            CURLE_HTTP2_STREAM:
            .connectionLost
        case CURLE_OUT_OF_MEMORY, CURLE_FAILED_INIT, CURLE_NOT_BUILT_IN:
            .unavailable
        default:
            .protocolError
        }
    }
}
