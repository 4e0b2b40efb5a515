// SPDX-License-Identifier: Apache-2.0
import Glibc

/// Where to listen: `127.0.0.1:8080`, `[::1]:0` (port 0: a free one) or `unix:/path`. Numbers only: a name could mean
/// another address tomorrow.
enum ListenAddress: Equatable {
    case inet(in_addr, port: UInt16)
    case inet6(in6_addr, port: UInt16)
    case unix(path: String)

    init?(_ text: String) {
        if text.hasPrefix("unix:") {
            let path = String(text.dropFirst(5))
            guard path.hasPrefix("/"), path.utf8.count <= Self.longestPath, !path.utf8.contains(0) else { return nil }
            self = .unix(path: path)
            return
        }
        guard let colon = text.lastIndex(of: ":"), let port = Self.port(text[text.index(after: colon)...])
        else { return nil }
        let host = text[..<colon]
        if host.hasPrefix("["), host.hasSuffix("]") {
            var address = in6_addr()
            guard inet_pton(AF_INET6, String(host.dropFirst().dropLast()), &address) == 1 else { return nil }
            self = .inet6(address, port: port)
        } else {
            var address = in_addr()
            guard inet_pton(AF_INET, String(host), &address) == 1 else { return nil }
            self = .inet(address, port: port)
        }
    }

    /// `sun_path` holds 108 bytes with the closing NUL (unix(7)).
    private static let longestPath = 107

    private static func port(_ digits: Substring) -> UInt16? {
        digits.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } ? UInt16(digits) : nil
    }

    static func == (a: Self, b: Self) -> Bool { a.url == b.url }

    /// `http://127.0.0.1:8080` or `unix:/path`.
    var url: String {
        switch self {
        case .inet(let address, let port): "http://\(describe(AF_INET, address, capacity: INET_ADDRSTRLEN)):\(port)"
        case .inet6(let address, let port): "http://[\(describe(AF_INET6, address, capacity: INET6_ADDRSTRLEN))]:\(port)"
        case .unix(let path): "unix:\(path)"
        }
    }

    /// Whether only this machine can reach it: 127.0.0.0/8, ::1 and its mapped kin, a unix socket.
    var isLoopback: Bool {
        switch self {
        case .inet(let address, _): return UInt32(bigEndian: address.s_addr) >> 24 == 127
        case .inet6(let address, _):
            let bytes = withUnsafeBytes(of: address, Array.init)
            let isMapped = bytes[..<10].allSatisfy { $0 == 0 } && bytes[10] == 0xFF && bytes[11] == 0xFF
            return isMapped ? bytes[12] == 127 : bytes[..<15].allSatisfy { $0 == 0 } && bytes[15] == 1
        case .unix: return true
        }
    }

    var family: Int32 {
        switch self {
        case .inet: AF_INET
        case .inet6: AF_INET6
        case .unix: AF_UNIX
        }
    }

    func withSocketAddress<R>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> R) -> R {
        var storage = sockaddr_storage()
        let length = withUnsafeMutableBytes(of: &storage) { bytes -> Int in
            switch self {
            case .inet(let address, let port):
                var value = sockaddr_in()
                value.sin_family = sa_family_t(AF_INET)
                value.sin_port = port.bigEndian
                value.sin_addr = address
                bytes.storeBytes(of: value, as: sockaddr_in.self)
                return MemoryLayout<sockaddr_in>.size
            case .inet6(let address, let port):
                var value = sockaddr_in6()
                value.sin6_family = sa_family_t(AF_INET6)
                value.sin6_port = port.bigEndian
                value.sin6_addr = address
                bytes.storeBytes(of: value, as: sockaddr_in6.self)
                return MemoryLayout<sockaddr_in6>.size
            case .unix(let path):
                bytes.storeBytes(of: sa_family_t(AF_UNIX), as: sa_family_t.self)
                let start = MemoryLayout<sockaddr_un>.offset(of: \.sun_path) ?? MemoryLayout<sa_family_t>.size
                bytes[start...].copyBytes(from: path.utf8)
                return start + path.utf8.count + 1
            }
        }
        return withUnsafePointer(to: &storage) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, socklen_t(length)) }
        }
    }

    /// The address that a socket is bound to; nil for a family that is none of the three.
    init?(boundOf descriptor: Int32) {
        var storage = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        let known = withUnsafeMutablePointer(to: &storage) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &length) == 0 }
        }
        guard known else { return nil }
        let bytes = withUnsafeBytes(of: storage) { Array($0.prefix(Int(length))) }
        switch Int32(storage.ss_family) {
        case AF_INET:
            let value = bytes.withUnsafeBytes { $0.loadUnaligned(as: sockaddr_in.self) }
            self = .inet(value.sin_addr, port: UInt16(bigEndian: value.sin_port))
        case AF_INET6:
            let value = bytes.withUnsafeBytes { $0.loadUnaligned(as: sockaddr_in6.self) }
            self = .inet6(value.sin6_addr, port: UInt16(bigEndian: value.sin6_port))
        case AF_UNIX:
            let start = MemoryLayout<sockaddr_un>.offset(of: \.sun_path) ?? MemoryLayout<sa_family_t>.size
            self = .unix(path: String(decoding: bytes.dropFirst(start).prefix { $0 != 0 }, as: UTF8.self))
        default: return nil
        }
    }
}
