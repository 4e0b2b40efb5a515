// SPDX-License-Identifier: Apache-2.0
import CCurl

/// A libcurl easy handle: one transfer, with the memory that libcurl uses until the handle is freed and does not own.
/// Strings are copied by libcurl.
final class CurlEasy {
    let handle: UnsafeMutableRawPointer

    private let errorText: UnsafeMutablePointer<CChar>
    private var headers: HeaderList?

    typealias Callback = @convention(c) (UnsafeMutablePointer<CChar>?, Int, Int, UnsafeMutableRawPointer?) -> Int

    init() throws(HTTPClientError) {
        guard let handle = curl_easy_init() else { throw .unsent(.unavailable, "libcurl has no memory for a transfer") }
        self.handle = handle
        errorText = .allocate(capacity: Int(CURL_ERROR_SIZE))
        errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
        try set(CURLOPT_ERRORBUFFER, pointer: errorText)
    }

    deinit {
        curl_easy_cleanup(handle)
        errorText.deallocate()
    }

    /// libcurl's own words on what went wrong; empty where it has none.
    var detail: String { String(cString: errorText) }

    func set(_ headers: HeaderList) throws(HTTPClientError) {
        self.headers = headers
        try set(CURLOPT_HTTPHEADER, pointer: headers.first)
    }

    func set(_ option: CURLoption, _ value: Int) throws(HTTPClientError) {
        try check(curl_shim_set_long(handle, option, value), option)
    }

    func set(_ option: CURLoption, offset value: Int) throws(HTTPClientError) {
        try check(curl_shim_set_offset(handle, option, curl_off_t(value)), option)
    }

    func set(_ option: CURLoption, _ value: String) throws(HTTPClientError) {
        try check(curl_shim_set_string(handle, option, value), option)
    }

    func set(_ option: CURLoption, pointer value: UnsafeMutableRawPointer?) throws(HTTPClientError) {
        try check(curl_shim_set_pointer(handle, option, value), option)
    }

    func set(_ option: CURLoption, callback value: Callback) throws(HTTPClientError) {
        try check(curl_shim_set_callback(handle, option, value), option)
    }

    /// 0 where libcurl does not know it (yet).
    func number(_ info: CURLINFO) -> Int {
        var value = 0
        return curl_shim_get_long(handle, info, &value) == CURLE_OK ? value : 0
    }

    private func check(_ code: CURLcode, _ option: CURLoption) throws(HTTPClientError) {
        guard code == CURLE_OK else {
            let reason = String(cString: curl_easy_strerror(code))
            throw .unsent(.unavailable, "libcurl refuses its option \(option.rawValue): \(reason)")
        }
    }
}
