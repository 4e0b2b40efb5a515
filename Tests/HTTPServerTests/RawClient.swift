// SPDX-License-Identifier: Apache-2.0
import Foundation
import Glibc

/// A client that sends the bytes it is given and reads answers, on one blocking socket. Every read ends within
/// `patience`.
final class RawClient {
    struct Answer: Equatable {
        var status: Int
        var headers: [(name: String, value: String)]
        var body: String

        func header(_ name: String) -> String? {
            headers.first { $0.name.lowercased() == name.lowercased() }?.value
        }

        static func == (a: Self, b: Self) -> Bool { a.status == b.status && a.body == b.body }
    }

    struct Failure: Error {
        let reason: String
    }

    static let patience = 20

    let descriptor: Int32
    private var received: [UInt8] = []

    /// `http://127.0.0.1:PORT`, `http://[::1]:PORT` or `unix:/path`.
    init(_ url: String) throws {
        if url.hasPrefix("unix:") {
            descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
            var address = sockaddr_un()
            address.sun_family = sa_family_t(AF_UNIX)
            withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: url.dropFirst(5).utf8) }
            try connect(&address)
        } else if url.contains("[") {
            descriptor = socket(AF_INET6, Int32(SOCK_STREAM.rawValue), 0)
            var address = sockaddr_in6()
            address.sin6_family = sa_family_t(AF_INET6)
            address.sin6_port = try Self.port(of: url).bigEndian
            address.sin6_addr = in6addr_loopback
            try connect(&address)
        } else {
            descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            address.sin_port = try Self.port(of: url).bigEndian
            address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
            try connect(&address)
        }
        var limit = timeval(tv_sec: Self.patience, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    }

    deinit { Glibc.close(descriptor) }

    /// This end's port of a TCP connection.
    var localPort: UInt16 {
        var address = sockaddr_in()
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        _ = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &length) }
        }
        return UInt16(bigEndian: address.sin_port)
    }

    private func connect<Address>(_ address: inout Address) throws {
        let result = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<Address>.size))
            }
        }
        guard result == 0 else { throw Failure(reason: "connect: \(String(cString: strerror(errno)))") }
    }

    private static func port(of url: String) throws -> UInt16 {
        guard let port = url.split(separator: ":").last.flatMap({ UInt16($0) }) else {
            throw Failure(reason: "no port in \(url)")
        }
        return port
    }

    func send(_ text: String) throws { try send(Array(text.utf8)) }

    func send(_ bytes: [UInt8]) throws {
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { throw Failure(reason: "send: \(String(cString: strerror(errno)))") }
            sent += count
        }
    }

    /// Makes the closing a reset.
    func reset() {
        var now = linger(l_onoff: 1, l_linger: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &now, socklen_t(MemoryLayout<linger>.size))
    }

    /// The next answer, its body by Content-Length or in chunks; nil when the connection ends before it.
    func answer(toHead: Bool = false) throws -> Answer? {
        guard let head = try readHead() else { return nil }
        var lines = head.components(separatedBy: "\r\n")
        let status = lines.removeFirst().split(separator: " ")
        guard status.count >= 2, let code = Int(status[1]) else { throw Failure(reason: "no status line: \(head)") }
        var answer = Answer(status: code, headers: [], body: "")
        for line in lines where !line.isEmpty {
            let parts = line.split(separator: ":", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
            answer.headers.append((parts[0], parts.count > 1 ? parts[1] : ""))
        }
        if toHead || code < 200 || code == 204 || code == 304 { return answer }
        if answer.header("Transfer-Encoding") == "chunked" {
            answer.body = String(decoding: try readChunks(), as: UTF8.self)
        } else if let length = answer.header("Content-Length").flatMap({ Int($0) }) {
            answer.body = String(decoding: try read(exactly: length), as: UTF8.self)
        } else {
            answer.body = String(decoding: try rest(), as: UTF8.self)
        }
        return answer
    }

    /// Sends and reads one answer.
    func exchange(_ text: String, toHead: Bool = false) throws -> Answer? {
        try send(text)
        return try answer(toHead: toHead)
    }

    /// All bytes until the connection ends.
    func rest() throws -> [UInt8] {
        while try receive() {}
        defer { received = [] }
        return received
    }

    /// Whether the peer has ended the connection, with nothing more sent.
    func isAtEnd() throws -> Bool { try rest().isEmpty }

    /// Whether the peer neither sends nor closes for so long.
    func isSilent(forMilliseconds duration: Int32) -> Bool {
        var wanted = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return poll(&wanted, 1, duration) == 0
    }

    /// The text up to and with `mark`.
    func read(through mark: String) throws -> String {
        let mark = Array(mark.utf8)
        while true {
            if let range = Self.find(mark, in: received) {
                defer { received.removeFirst(range.upperBound) }
                return String(decoding: received[..<range.upperBound], as: UTF8.self)
            }
            guard try receive() else { throw Failure(reason: "ended at: \(String(decoding: received, as: UTF8.self))") }
        }
    }

    private func readHead() throws -> String? {
        while true {
            if let range = Self.find([13, 10, 13, 10], in: received) {
                defer { received.removeFirst(range.upperBound) }
                return String(decoding: received[..<range.lowerBound], as: UTF8.self)
            }
            guard try receive() else {
                if received.isEmpty { return nil }
                throw Failure(reason: "half a head")
            }
        }
    }

    private func readChunks() throws -> [UInt8] {
        var body: [UInt8] = []
        while true {
            let size = try read(through: "\r\n").dropLast(1)
            guard let count = Int(size.trimmingCharacters(in: .whitespacesAndNewlines), radix: 16) else {
                throw Failure(reason: "chunk size \(size)")
            }
            body += try read(exactly: count)
            _ = try read(exactly: 2)
            if count == 0 { return body }
        }
    }

    private func read(exactly count: Int) throws -> [UInt8] {
        while received.count < count {
            guard try receive() else { throw Failure(reason: "ended after \(received.count) of \(count) bytes") }
        }
        defer { received.removeFirst(count) }
        return Array(received[..<count])
    }

    /// False at the end of the connection; a reset counts as one.
    private func receive() throws -> Bool {
        var buffer = [UInt8](repeating: 0, count: 65536)
        let count = recv(descriptor, &buffer, buffer.count, 0)
        if count > 0 { received += buffer[..<count] }
        if count < 0 && errno != ECONNRESET { throw Failure(reason: "recv: \(String(cString: strerror(errno)))") }
        return count > 0
    }

    private static func find(_ mark: [UInt8], in bytes: [UInt8]) -> Range<Int>? {
        guard bytes.count >= mark.count else { return nil }
        for start in 0...(bytes.count - mark.count) where bytes[start..<start + mark.count].elementsEqual(mark) {
            return start..<start + mark.count
        }
        return nil
    }
}

/// Runs blocking code on a thread of its own: the task pool must stay free for the answers that the test awaits.
func blocking<R: Sendable>(_ work: @escaping @Sendable () throws -> R) async throws -> R {
    try await withCheckedThrowingContinuation { done in
        Thread.detachNewThread { done.resume(with: Result(catching: work)) }
    }
}

/// Returns when the kernel has told the server's end that the client closed: on a busy machine that takes a moment.
func awaitEnd(ofConnectionFrom port: UInt16) throws {
    let client = String(format: "0100007F:%04X", port)
    let deadline = Date(timeIntervalSinceNow: TimeInterval(RawClient.patience))
    while Date() < deadline {
        let entries = try String(contentsOfFile: "/proc/net/tcp", encoding: .utf8).split(separator: "\n").map { $0.split(separator: " ") }
        // Columns: slot, local address, remote address, state; 01 is ESTABLISHED.
        guard entries.contains(where: { $0.count > 3 && $0[2] == client && $0[3] == "01" }) else { return }
        sched_yield()
    }
    throw RawClient.Failure(reason: "the connection from port \(port) did not end")
}
