// SPDX-License-Identifier: Apache-2.0
import CMicroHTTPD
import Glibc
import Synchronization

/// A socket that is bound and listens, TCP or unix, made here or handed over by systemd. Closed by `close` or with the
/// last reference, and then the file of a unix socket made here is removed.
public final class ListeningSocket: Sendable {
    private struct File: Equatable {
        let device: dev_t
        let number: ino_t
    }

    public let descriptor: Int32
    private let address: ListenAddress
    /// The socket's own file, so that another's at the same path is left alone; nil where it is not ours to remove.
    private let file: File?
    private let isOpen = Mutex(true)

    /// Connections that the kernel keeps for the server; it takes the smaller of this and `net.core.somaxconn`.
    private static let backlog: Int32 = 4096
    /// Owner and group may connect; who that is decides the service's unit.
    private static let unixMode: mode_t = 0o660

    /// `http://127.0.0.1:8080` with the real port, or `unix:/path`.
    public var url: String { address.url }

    /// Whether only this machine can reach it.
    public var isLoopback: Bool { address.isLoopback }

    /// Listens on `address`: `127.0.0.1:8080`, `[::1]:0` (a free port), `unix:/path` (mode 0660; the socket file that a
    /// dead process left is replaced, anything else is not).
    public convenience init(_ address: String) throws(HTTPServerError) {
        guard let wanted = ListenAddress(address) else {
            throw HTTPServerError(
                code: .invalidAddress,
                message: "can't listen on \(address): it must be ADDRESS:PORT, [IPV6]:PORT or unix:/PATH, in numbers")
        }
        let descriptor = try Self.bind(wanted, named: address)
        if listen(descriptor, Self.backlog) != 0 {
            let failure = HTTPServerError.system(address, "listen")
            _ = Glibc.close(descriptor)
            throw failure
        }
        try self.init(descriptor, named: address, file: Self.file(of: wanted))
    }

    /// Takes over a socket that listens already, as systemd passes it (sd_listen_fds(3)). It is judged by the address that
    /// it is bound to.
    public convenience init(adopting descriptor: Int32) throws(HTTPServerError) {
        try self.init(descriptor, named: "descriptor \(descriptor)", file: nil)
    }

    private init(_ descriptor: Int32, named name: String, file: File?) throws(HTTPServerError) {
        guard Self.option(SO_ACCEPTCONN, of: descriptor) == 1, let bound = ListenAddress(boundOf: descriptor) else {
            throw HTTPServerError(code: .cannotListen, message: "can't listen on \(name): it is no listening socket")
        }
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK)
        self.descriptor = descriptor
        self.address = bound
        self.file = file
    }

    /// Closes it, after the server has stopped accepting; connections that wait in the backlog are reset.
    public func close() {
        isOpen.withLock { isOpen in
            guard isOpen else { return }
            isOpen = false
            if case .unix(let path) = address, let file, Self.file(of: address) == file { unlink(path) }
            _ = Glibc.close(descriptor)
        }
    }

    deinit { close() }

    private static func bind(_ address: ListenAddress, named name: String) throws(HTTPServerError) -> Int32 {
        let descriptor = socket(address.family, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw .system(name, "socket") }
        var one: Int32 = 1
        setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &one, socklen_t(MemoryLayout<Int32>.size))
        let bound = address.withSocketAddress { Glibc.bind(descriptor, $0, $1) == 0 }
        var failure: HTTPServerError?
        if case .unix(let path) = address {
            // Nobody can connect before `listen`, so the mode is in force from the first connection on.
            if !bound && errno == EADDRINUSE {
                failure = replaceStale(path, address, descriptor, name)
            } else if !bound {
                failure = .system(name, "bind")
            }
            if failure == nil, chmod(path, unixMode) != 0 { failure = .system(name, "chmod") }
        } else if !bound {
            failure = .system(name, "bind")
        }
        if let failure {
            _ = Glibc.close(descriptor)
            throw failure
        }
        return descriptor
    }

    /// Removes the socket file that nobody answers at, and binds.
    private static func replaceStale(
        _ path: String, _ address: ListenAddress, _ descriptor: Int32, _ name: String
    ) -> HTTPServerError? {
        var status = stat()
        guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFSOCK else {
            return HTTPServerError(
                code: .addressInUse, message: "can't listen on \(name): a file that is no socket is there; remove it")
        }
        let probe = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue), 0)
        guard probe >= 0 else { return .system(name, "socket") }
        defer { _ = Glibc.close(probe) }
        // A full backlog is EAGAIN, and somebody lives there too.
        let isDead = address.withSocketAddress { connect(probe, $0, $1) != 0 && errno == ECONNREFUSED }
        guard isDead else {
            return HTTPServerError(
                code: .addressInUse, message: "can't listen on \(name): another process answers there; stop it")
        }
        guard unlink(path) == 0 else { return .system(name, "unlink") }
        return address.withSocketAddress { Glibc.bind(descriptor, $0, $1) == 0 } ? nil : .system(name, "bind")
    }

    private static func file(of address: ListenAddress) -> File? {
        guard case .unix(let path) = address else { return nil }
        var status = stat()
        return lstat(path, &status) == 0 ? File(device: status.st_dev, number: status.st_ino) : nil
    }

    private static func option(_ option: Int32, of descriptor: Int32) -> Int32 {
        var value: Int32 = 0
        var length = socklen_t(MemoryLayout<Int32>.size)
        return getsockopt(descriptor, SOL_SOCKET, option, &value, &length) == 0 ? value : 0
    }
}

extension HTTPServerError {
    /// The failure of a system call, from `errno`.
    fileprivate static func system(_ address: String, _ call: String) -> HTTPServerError {
        let number = errno
        return HTTPServerError(
            code: number == EADDRINUSE ? .addressInUse : .cannotListen,
            message: "can't listen on \(address): \(call): \(String(cString: strerror(number)))")
    }
}
