// SPDX-License-Identifier: Apache-2.0
import Foundation
import Glibc

/// One connection that sends exactly the bytes it is given. Blocking: use it inside `blocking`.
final class RawConnection {
    private let descriptor: Int32
    private var received: [UInt8] = []

    init(port: UInt16) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let result = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result == 0 else { throw Self.failure("connect") }
        var patience = timeval(tv_sec: 60, tv_usec: 0), one: Int32 = 1
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &one, socklen_t(MemoryLayout<Int32>.size))
    }

    convenience init(_ url: String) throws {
        guard let port = url.split(separator: ":").last.flatMap({ UInt16($0) }) else {
            throw ChildProcess.Failure(description: "no port in \(url)")
        }
        try self.init(port: port)
    }

    deinit { close(descriptor) }

    func send(_ bytes: some Sequence<UInt8>) throws {
        let bytes = Array(bytes)
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes { Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            guard count > 0 else { throw Self.failure("send") }
            sent += count
        }
    }

    /// The next answer, its body by Content-Length; nil where the connection ends first.
    func answer(toHead: Bool = false) throws -> Answer? {
        let mark: [UInt8] = [13, 10, 13, 10]
        var end = received.firstRange(of: mark)
        while end == nil {
            guard try receive() else { return nil }
            end = received.firstRange(of: mark)
        }
        guard let end else { return nil }
        var lines = String(decoding: received[..<end.lowerBound], as: UTF8.self).components(separatedBy: "\r\n")
        received.removeFirst(end.upperBound)
        let words = lines.removeFirst().split(separator: " ")
        guard words.count >= 2, let status = Int(words[1]) else { throw ChildProcess.Failure(description: "no status in \(words)") }
        let headers = lines.map { line in
            let parts = line.split(separator: ":", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
            return (name: parts[0], value: parts.count > 1 ? parts[1] : "")
        }
        let length = headers.first { $0.name.lowercased() == "content-length" }.flatMap { Int($0.value) } ?? 0
        let bodyLength = toHead || status == 304 ? 0 : length
        while received.count < bodyLength { guard try receive() else { return nil } }
        defer { received.removeFirst(bodyLength) }
        return Answer(status: status, headers: headers, body: Array(received[..<bodyLength]))
    }

    /// False at the end of the connection; a reset is one.
    private func receive() throws -> Bool {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        let count = recv(descriptor, &buffer, buffer.count, 0)
        if count > 0 { received += buffer[..<count] }
        if count < 0, errno != ECONNRESET { throw Self.failure("recv") }
        return count > 0
    }

    private static func failure(_ call: String) -> ChildProcess.Failure {
        ChildProcess.Failure(description: "\(call): \(String(cString: strerror(errno)))")
    }
}

/// Runs blocking code on a thread of its own: the tests' few shared threads stay free.
func blocking<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
        Thread.detachNewThread { continuation.resume(with: Result(catching: work)) }
    }
}
