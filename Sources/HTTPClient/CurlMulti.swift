// SPDX-License-Identifier: Apache-2.0
import CCurl
import Dispatch

/// A libcurl multi handle: many transfers, one thread.
final class CurlMulti: @unchecked Sendable {
    // @unchecked because `handle` is used on `queue` only, which every method asserts; but for `wake`, which libcurl
    // allows from any thread (curl_multi_wakeup(3)), and the last release, when nobody else has it.
    private let handle: UnsafeMutableRawPointer
    private let queue: DispatchQueue

    /// libcurl's own timers end the wait earlier, so this only bounds an idle client's sleep.
    private static let longestWaitMilliseconds: Int32 = 24 * 3600 * 1000

    /// Once a process; safe from any thread since libcurl 7.84 (curl_global_init(3)).
    private static let started = curl_global_init(Int(CURL_GLOBAL_DEFAULT))

    init(queue: DispatchQueue) throws(HTTPClientError) {
        guard Self.started == CURLE_OK, let handle = curl_multi_init() else {
            throw .unsent(.unavailable, "libcurl cannot start: \(String(cString: curl_easy_strerror(Self.started)))")
        }
        self.handle = handle
        self.queue = queue
    }

    deinit {
        curl_multi_cleanup(handle)
    }

    func add(_ easy: CurlEasy) throws(HTTPClientError) {
        dispatchPrecondition(condition: .onQueue(queue))
        let code = curl_multi_add_handle(handle, easy.handle)
        guard code == CURLM_OK else {
            throw .unsent(.unavailable, "libcurl takes no transfer: \(String(cString: curl_multi_strerror(code)))")
        }
    }

    func remove(_ easy: CurlEasy) {
        dispatchPrecondition(condition: .onQueue(queue))
        curl_multi_remove_handle(handle, easy.handle)
    }

    /// Moves every transfer as far as it goes without waiting. False when the handle is of no more use.
    func perform() -> Bool {
        dispatchPrecondition(condition: .onQueue(queue))
        var running: Int32 = 0
        return curl_multi_perform(handle, &running) == CURLM_OK
    }

    /// Sleeps until there is something to do or `wake` is called. False when the handle is of no more use.
    func waitForWork() -> Bool {
        dispatchPrecondition(condition: .onQueue(queue))
        return curl_multi_poll(handle, nil, 0, Self.longestWaitMilliseconds, nil) == CURLM_OK
    }

    /// The next transfer that has ended since the last call.
    func nextDone() -> (handle: UnsafeMutableRawPointer, result: CURLcode)? {
        dispatchPrecondition(condition: .onQueue(queue))
        var left: Int32 = 0
        while let message = curl_multi_info_read(handle, &left) {
            if message.pointee.msg == CURLMSG_DONE, let easy = message.pointee.easy_handle {
                return (easy, message.pointee.data.result)
            }
        }
        return nil
    }

    /// Ends the present or the next `waitForWork`. From any thread.
    func wake() {
        curl_multi_wakeup(handle)
    }
}
