// SPDX-License-Identifier: Apache-2.0
import Glibc

/// A peer's address for people and for rate limits: without port, `unix` where there is none.
func describePeer(_ address: UnsafePointer<sockaddr>?) -> String {
    guard let address else { return "unix" }
    switch Int32(address.pointee.sa_family) {
    case AF_INET:
        return address.withMemoryRebound(to: sockaddr_in.self, capacity: 1) {
            describe(AF_INET, $0.pointee.sin_addr, capacity: INET_ADDRSTRLEN)
        }
    case AF_INET6:
        let text = address.withMemoryRebound(to: sockaddr_in6.self, capacity: 1) {
            describe(AF_INET6, $0.pointee.sin6_addr, capacity: INET6_ADDRSTRLEN)
        }
        let mapped = "::ffff:"
        return text.hasPrefix(mapped) && text.utf8.contains(UInt8(ascii: ".")) ? String(text.dropFirst(mapped.count)) : text
    default:
        return "unix"
    }
}

/// `inet_ntop`.
func describe<Address>(_ family: Int32, _ address: Address, capacity: Int32) -> String {
    withUnsafePointer(to: address) { bytes in
        String(unsafeUninitializedCapacity: Int(capacity)) { text in
            text.withMemoryRebound(to: CChar.self) {
                guard let start = $0.baseAddress, inet_ntop(family, bytes, start, socklen_t(capacity)) != nil
                else { return 0 }
                return strlen(start)
            }
        }
    }
}
