// SPDX-License-Identifier: Apache-2.0
import Foundation

enum Listening {
    static func loopback(_ port: UInt16) throws -> (socket: Int32, port: UInt16) {
        let listener = try open(AF_INET)
        var on: Int32 = 1
        setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, socklen_t(MemoryLayout.size(ofValue: on)))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
        address.sin_port = port.bigEndian
        try bind(listener, to: &address)
        var length = socklen_t(MemoryLayout.size(ofValue: address))
        let status = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(listener, $0, &length) }
        }
        guard status == 0 else { throw failure() }
        return (listener, UInt16(bigEndian: address.sin_port))
    }

    static func unix(_ path: String) throws -> Int32 {
        let listener = try open(AF_UNIX)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8.prefix($0.count - 1)) }
        try bind(listener, to: &address)
        return listener
    }

    private static func open(_ family: Int32) throws -> Int32 {
        let listener = socket(family, Int32(SOCK_STREAM.rawValue), 0)
        guard listener >= 0 else { throw failure() }
        return listener
    }

    private static func bind<Address>(_ listener: Int32, to address: inout Address) throws {
        let length = socklen_t(MemoryLayout<Address>.size)
        let status = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { Foundation.bind(listener, $0, length) }
        }
        guard status == 0, listen(listener, 512) == 0 else { throw failure() }
    }

    private static func failure() -> any Error {
        POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO)
    }
}
