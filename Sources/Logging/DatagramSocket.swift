// SPDX-License-Identifier: Apache-2.0
import Glibc

/// A socket for datagrams to a path. Every one names its receiver, so a journal that was restarted gets the next one.
/// What goes wrong in making it is told by `send`.
struct DatagramSocket: ~Copyable {
    private let descriptor: Int32
    /// Nil where the path is too long for an address.
    private let address: sockaddr_un?

    init(path: String) {
        descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        address = sockaddr_un(path: path)
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// 0, or errno.
    func send(_ bytes: [UInt8]) -> Int32 {
        guard let address else { return ENAMETOOLONG }
        return withUnsafeBytes(of: address) { address in
            let receiver = address.assumingMemoryBound(to: sockaddr.self).baseAddress
            while true {
                let sent = sendto(
                    descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL), receiver, socklen_t(address.count))
                if sent >= 0 { return 0 }
                if errno != EINTR { return errno }
            }
        }
    }
}

extension sockaddr_un {
    fileprivate init?(path: String) {
        self.init()
        sun_family = sa_family_t(AF_UNIX)
        let fits = withUnsafeMutableBytes(of: &sun_path) { room in
            guard path.utf8.count < room.count else { return false }
            room.copyBytes(from: path.utf8)
            return true
        }
        guard fits else { return nil }
    }
}
