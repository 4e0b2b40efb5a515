// SPDX-License-Identifier: Apache-2.0
import CMicroHTTPD
import Glibc

/// libmicrohttpd's connection. It stays valid while the connection is suspended, and otherwise within a callback.
///
/// Of its functions only `MHD_resume_connection` may be called from any thread; `MHD_suspend_connection` and
/// `MHD_queue_response` belong to the daemon's thread (microhttpd.h).
// @unchecked because the pointer is used on the daemon's thread only, which every method but `resume` checks.
struct ConnectionHandle: @unchecked Sendable {
    private let pointer: OpaquePointer
    private let thread: pthread_t

    /// Made in a callback, on the daemon's thread.
    init(_ pointer: OpaquePointer) {
        self.pointer = pointer
        thread = pthread_self()
    }

    /// From any thread, once for each `suspend`.
    func resume() {
        MHD_resume_connection(pointer)
    }

    func suspend() {
        assertOwnThread()
        MHD_suspend_connection(pointer)
    }

    /// Sends `response` with the request id; false when the library takes no answer now.
    func queue(_ response: HTTPResponse, id: String, closes: Bool) -> Bool {
        assertOwnThread()
        let made = response.body.withUnsafeBytes {
            // Copying leaves the bytes alone: the mutable pointer is the C interface's, which serves all its modes.
            MHD_create_response_from_buffer(
                $0.count, UnsafeMutableRawPointer(mutating: $0.baseAddress), httpd_copy_body)
        }
        guard let made else { return false }
        return send(made, response, id: id, closes: closes)
    }

    /// Sends the response's head, then what `stream` holds until it ends. With `closes` not in chunks: the library ends
    /// even a HEAD's answer with the last chunk.
    func queue(_ response: HTTPResponse, _ stream: BodyStream, id: String, closes: Bool) -> Bool {
        assertOwnThread()
        let source = Unmanaged.passRetained(StreamSource(stream: stream, connection: self))
        let made = MHD_create_response_from_callback(
            UInt64.max, Self.streamBlock,
            { source, _, buffer, size in
                guard let source, let buffer else { return StreamSource.endOfStream }
                return Unmanaged<StreamSource>.fromOpaque(source).takeUnretainedValue()
                    .read(into: UnsafeMutableRawBufferPointer(start: buffer, count: size))
            },
            source.toOpaque(),
            { source in
                if let source { Unmanaged<StreamSource>.fromOpaque(source).release() }
            })
        guard let made else {
            source.release()
            return false
        }
        if closes { httpd_close_after(made) }
        return send(made, response, id: id, closes: closes)
    }

    private static let streamBlock = 16 * 1024

    private func send(_ made: OpaquePointer, _ response: HTTPResponse, id: String, closes: Bool) -> Bool {
        defer { MHD_destroy_response(made) }
        ResponseHead(response, id: id, closes: closes).write { MHD_add_response_header(made, $0, $1) }
        return MHD_queue_response(pointer, UInt32(clamping: response.status), made) == httpd_yes
    }

    func assertOwnThread() {
        precondition(pthread_equal(thread, pthread_self()) != 0, "a connection is used off its daemon's thread")
    }
}

/// What the library's content reader gets; it frees it with the response.
private final class StreamSource {
    /// MHD_CONTENT_READER_END_OF_STREAM
    static let endOfStream = -1

    private let stream: BodyStream
    private let connection: ConnectionHandle

    init(stream: BodyStream, connection: ConnectionHandle) {
        self.stream = stream
        self.connection = connection
    }

    func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        switch stream.read(into: buffer, connection) {
        case .bytes(let count): count
        case .none: 0
        case .end: Self.endOfStream
        }
    }
}
