// SPDX-License-Identifier: Apache-2.0
import CCurl

/// The request's header fields as libcurl's list, which it does not copy.
final class HeaderList {
    private(set) var first: UnsafeMutablePointer<curl_slist>?

    init(_ request: HTTPClientRequest) throws(HTTPClientError) {
        // "Name;" sends a field without a value, "Name:" takes libcurl's own away (CURLOPT_HTTPHEADER(3)).
        for field in request.headers.fields {
            try append(field.value.isEmpty ? "\(field.name);" : "\(field.name): \(field.value)")
        }
        try append("Expect:")
        if request.headers["Content-Type"] == nil { try append("Content-Type:") }
    }

    deinit {
        curl_slist_free_all(first)
    }

    private func append(_ line: String) throws(HTTPClientError) {
        guard let list = curl_slist_append(first, line) else {
            throw .unsent(.unavailable, "libcurl has no memory for a header")
        }
        first = list
    }
}
