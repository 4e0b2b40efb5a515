// SPDX-License-Identifier: Apache-2.0
import Glibc
import Time

/// Tells systemd how the service is (sd_notify(3)'s protocol: datagrams to the socket that NOTIFY_SOCKET names). Without
/// a service manager it does nothing.
public struct ServiceManager: Sendable {
    public enum State: Sendable {
        case ready, reloading, stopping
        case status(String)
    }

    private let socketPath: String?

    public init(environment: [String: String]) { socketPath = environment["NOTIFY_SOCKET"] }

    public func tell(_ states: State...) {
        guard let socketPath else { return }
        send(states.map(\.lines).joined(separator: "\n"), to: socketPath)
    }

    /// A manager that doesn't listen is no reason to fail: it has its own time-out.
    private func send(_ message: String, to path: String) {
        let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        var name = Array(path.utf8)
        guard name.count < MemoryLayout.size(ofValue: address.sun_path) else { return }
        // An abstract socket's name begins with a NUL, written as @ (unix(7)).
        if name.first == UInt8(ascii: "@") { name[0] = 0 }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: name) }
        let length = socklen_t(MemoryLayout.offset(of: \sockaddr_un.sun_path).map { $0 + name.count } ?? 0)
        let bytes = Array(message.utf8)
        _ = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                sendto(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL), $0, length)
            }
        }
    }
}

extension ServiceManager.State {
    fileprivate var lines: String {
        switch self {
        case .ready: "READY=1"
        case .reloading: "RELOADING=1\nMONOTONIC_USEC=\(monotonicMicroseconds())"
        case .stopping: "STOPPING=1"
        case .status(let text): "STATUS=" + text.replacing("\n", with: " ")
        }
    }

    /// CLOCK_MONOTONIC, as sd_notify(3) asks for with RELOADING=1.
    private func monotonicMicroseconds() -> Int64 {
        var now = timespec()
        clock_gettime(CLOCK_MONOTONIC, &now)
        return Int64(now.tv_sec) * 1_000_000 + Int64(now.tv_nsec) / 1_000
    }
}
