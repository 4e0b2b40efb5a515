// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Reads requests with a Content-Length and writes answers, on one blocking socket.
struct ScriptedConnection {
    let socket: Int32
    let number: Int
    private var unread: [UInt8] = []

    /// The first byte of a client that speaks TLS to us; no method begins so.
    private let tlsHandshake: UInt8 = 0x16

    init(socket: Int32, number: Int) {
        self.socket = socket
        self.number = number
    }

    mutating func nextRequest() -> ReceivedRequest? {
        guard let head = takeHead() else { return nil }
        let lines = head.components(separatedBy: "\r\n")
        let words = (lines.first ?? "").components(separatedBy: " ")
        guard words.count == 3 else { return nil }
        var headers: [String: String] = [:]
        for line in lines.dropFirst() {
            guard let colon = line.firstIndex(of: ":") else { return nil }
            let value = line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
            headers[line[..<colon].lowercased()] = value
        }
        guard let body = take(Int(headers["content-length"] ?? "0") ?? 0) else { return nil }
        return ReceivedRequest(method: words[0], target: words[1], headers: headers, body: body, connection: number)
    }

    /// False when the connection is at its end.
    mutating func send(_ reply: ScriptedReply) -> Bool {
        switch reply {
        case .answer(let status, let headers, let body):
            var head = "HTTP/1.1 \(status) Scripted\r\n"
            for (name, value) in headers { head += "\(name): \(value)\r\n" }
            if status != 304 { head += "Content-Length: \(body.count)\r\n" }
            return write(Array((head + "\r\n").utf8) + body)
        case .raw(let text):
            _ = write(Array(text.utf8))
            return false
        case .closeConnection:
            return false
        case .silence:
            while receive() {}
            return false
        }
    }

    private mutating func takeHead() -> String? {
        while true {
            if let end = unread.firstRange(of: Array("\r\n\r\n".utf8)) {
                defer { unread.removeFirst(end.upperBound) }
                return String(decoding: unread[..<end.lowerBound], as: UTF8.self)
            }
            guard receive(), unread.first != tlsHandshake else { return nil }
        }
    }

    private mutating func take(_ count: Int) -> [UInt8]? {
        while unread.count < count {
            guard receive() else { return nil }
        }
        defer { unread.removeFirst(count) }
        return Array(unread[..<count])
    }

    private mutating func receive() -> Bool {
        var buffer = [UInt8](repeating: 0, count: 16 << 10)
        let count = recv(socket, &buffer, buffer.count, 0)
        guard count > 0 else { return false }
        unread += buffer[..<count]
        return true
    }

    private func write(_ bytes: [UInt8]) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Foundation.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }
}
