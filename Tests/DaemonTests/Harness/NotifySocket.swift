// SPDX-License-Identifier: Apache-2.0
import Foundation
import Glibc

/// A service manager's ear (sd_notify(3)): each datagram's lines.
final class NotifySocket: Sendable {
    let messages = Mailbox<[String]>("the notify socket")
    private let descriptor: Int32

    /// - Parameter path: a file's, or a name that begins with @.
    init(_ path: String) throws {
        descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let name = path.utf8.map { $0 == UInt8(ascii: "@") ? 0 : $0 }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: name) }
        let length = socklen_t(MemoryLayout<sa_family_t>.size + name.count)
        let isBound = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(descriptor, $0, length) == 0 }
        }
        guard isBound else { throw ChildProcess.Failure(description: "\(path): \(String(cString: strerror(errno)))") }
        Thread.detachNewThread { [descriptor, messages] in
            var datagram = [UInt8](repeating: 0, count: 65_536)
            while case let count = recv(descriptor, &datagram, datagram.count, 0), count > 0 {
                messages.append(String(decoding: datagram[..<count], as: UTF8.self).components(separatedBy: "\n"))
            }
            messages.close()
            close(descriptor)
        }
    }

    /// The next message behind the first `start` ones that holds `line`.
    @discardableResult
    func message(holding line: String, after start: Int = 0) async throws -> [String] {
        try await messages.first(after: start) { $0.contains(line) }
    }

    /// Nobody sends any more: whoever waits for a message is told.
    func end() { shutdown(descriptor, Int32(SHUT_RDWR)) }
}
