// SPDX-License-Identifier: Apache-2.0
import Foundation
import Glibc

/// A client that sends exactly what a test says, one request a connection, on a thread of its own.
struct APIClient: Sendable {
    struct Failure: Error { let reason: String }

    struct Answer: Sendable {
        let status: Int
        let headers: [(name: String, value: String)]
        let body: Data

        subscript(_ header: String) -> String? {
            headers.first { $0.name.lowercased() == header.lowercased() }?.value
        }

        /// The body as JSON.
        func json() throws -> [String: Any] {
            guard let object = try JSONSerialization.jsonObject(with: body) as? [String: Any] else {
                throw Failure(reason: "not an object: \(String(decoding: body, as: UTF8.self))")
            }
            return object
        }

        /// A problem's stable code.
        func code() throws -> String? { try json()["code"] as? String }
    }

    let port: UInt16

    /// - Parameter headers: sent behind `Host` and, with a body, `Content-Length` and `Content-Type`; one of the same name
    ///   replaces them, an empty value leaves them out.
    func send(
        _ method: String, _ target: String, _ headers: [(String, String)] = [], body: String? = nil
    ) async throws -> Answer {
        var fields = [("Host", "localhost:\(port)"), ("Connection", "close")]
        if let body { fields += [("Content-Length", String(body.utf8.count)), ("Content-Type", "application/json")] }
        fields.removeAll { field in headers.contains { $0.0.lowercased() == field.0.lowercased() } }
        let lines = (fields + headers.filter { !$0.1.isEmpty }).map { "\($0.0): \($0.1)\r\n" }.joined()
        let text = "\(method) \(target) HTTP/1.1\r\n\(lines)\r\n\(body ?? "")"
        return try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread {
                continuation.resume(with: Result { try exchange(text, isHead: method == "HEAD") })
            }
        }
    }

    func get(_ target: String, _ headers: [(String, String)] = []) async throws -> Answer {
        try await send("GET", target, headers)
    }

    func post(_ target: String, _ body: String? = nil, _ headers: [(String, String)] = []) async throws -> Answer {
        try await send("POST", target, headers, body: body)
    }

    private func exchange(_ request: String, isHead: Bool) throws -> Answer {
        let descriptor = try connected()
        defer { close(descriptor) }
        let bytes = Array(request.utf8)
        guard Glibc.send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count else {
            throw Failure(reason: "send: \(String(cString: strerror(errno)))")
        }
        var received = Data()
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = recv(descriptor, &buffer, buffer.count, 0)
            if count < 0 { throw Failure(reason: "recv: \(String(cString: strerror(errno)))") }
            if count == 0 { break }
            received.append(contentsOf: buffer[..<count])
        }
        return try Self.parse(received)
    }

    private func connected() throws -> Int32 {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let result = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result == 0 else { throw Failure(reason: "connect: \(String(cString: strerror(errno)))") }
        var patience = timeval(tv_sec: 60, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        return descriptor
    }

    private static func parse(_ data: Data) throws -> Answer {
        guard let end = data.range(of: Data("\r\n\r\n".utf8)) else { throw Failure(reason: "no answer") }
        var lines = String(decoding: data[..<end.lowerBound], as: UTF8.self).components(separatedBy: "\r\n")
        let status = lines.removeFirst().split(separator: " ")
        guard status.count >= 2, let code = Int(status[1]) else { throw Failure(reason: "no status") }
        let headers = lines.map { line in
            let parts = line.split(separator: ":", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
            return (name: parts[0], value: parts.count > 1 ? parts[1] : "")
        }
        return Answer(status: code, headers: headers, body: Data(data[end.upperBound...]))
    }
}
