// SPDX-License-Identifier: Apache-2.0
import Foundation
import Glibc
import HTTPServer
import Testing

@Suite("A listening socket")
struct ListeningSocketTests {
    @Test("reports the address with its real port", arguments: ["127.0.0.1:0", "[::1]:0"])
    func reportsPort(address: String) throws {
        let socket = try ListeningSocket(address)
        defer { socket.close() }
        let port = try #require(socket.url.split(separator: ":").last.flatMap { Int($0) })
        #expect(port > 0)
        #expect(socket.url == "http://" + address.dropLast() + String(port))
        #expect(socket.isLoopback)
    }

    @Test("on all interfaces is no loopback one", arguments: ["0.0.0.0:0", "[::]:0"])
    func notLoopback(address: String) throws {
        let socket = try ListeningSocket(address)
        defer { socket.close() }
        #expect(!socket.isLoopback)
    }

    @Test(
        "is refused for an address that is not one",
        arguments: [
            "", "8080", ":8080", "localhost:8080", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536", "127.0.0.1:-1",
            "127.0.0.1:+1", "::1:80", "[127.0.0.1]:80", "unix:", "unix:relative", "unix:/" + String(repeating: "x", count: 107),
        ])
    func invalid(address: String) {
        let error = #expect(throws: HTTPServerError.self) { try ListeningSocket(address) }
        #expect(error?.code == .invalidAddress)
        #expect(error?.message.hasPrefix("can't listen on \(address): ") == true)
    }

    @Test("names the address when another has it")
    func inUse() throws {
        let first = try ListeningSocket("127.0.0.1:0")
        defer { first.close() }
        let address = String(first.url.dropFirst("http://".count))
        let error = #expect(throws: HTTPServerError.self) { try ListeningSocket(address) }
        #expect(error?.code == .addressInUse)
        #expect(error?.message == "can't listen on \(address): bind: Address already in use")
    }

    @Test("that systemd passes is judged by what it is bound to, and leaves its file alone")
    func adopts() throws {
        try withTemporaryFolder { folder in
            let path = "\(folder)/s.sock"
            let made = try ListeningSocket("unix:\(path)")
            let adopted = try ListeningSocket(adopting: dup(made.descriptor))
            #expect(adopted.url == "unix:\(path)")
            adopted.close()
            #expect(FileManager.default.fileExists(atPath: path))
            made.close()
            #expect(!FileManager.default.fileExists(atPath: path))
        }
    }

    @Test("is not made of a descriptor that does not listen")
    func adoptsOnlyListening() {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        let error = #expect(throws: HTTPServerError.self) { try ListeningSocket(adopting: descriptor) }
        #expect(error?.code == .cannotListen)
    }

    @Test("of a path has mode 0660 and takes its file along")
    func unixFile() throws {
        try withTemporaryFolder { folder in
            let path = "\(folder)/s.sock"
            let socket = try ListeningSocket("unix:\(path)")
            #expect(socket.url == "unix:\(path)")
            #expect(socket.isLoopback)
            let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
            #expect(mode == 0o660)
            socket.close()
            #expect(!FileManager.default.fileExists(atPath: path))
        }
    }

    @Test("replaces the file that a dead process left")
    func stale() throws {
        try withTemporaryFolder { folder in
            let path = "\(folder)/s.sock"
            let dead = try ListeningSocket("unix:\(path)")
            // As a crash does: the socket is closed, the file stays.
            let left = dup(dead.descriptor)
            try FileManager.default.moveItem(atPath: path, toPath: path + ".kept")
            dead.close()
            close(left)
            try FileManager.default.moveItem(atPath: path + ".kept", toPath: path)
            let socket = try ListeningSocket("unix:\(path)")
            #expect(socket.url == "unix:\(path)")
            socket.close()
        }
    }

    @Test("does not replace a file that somebody answers at")
    func alive() throws {
        try withTemporaryFolder { folder in
            let first = try ListeningSocket("unix:\(folder)/s.sock")
            defer { first.close() }
            let error = #expect(throws: HTTPServerError.self) { try ListeningSocket("unix:\(folder)/s.sock") }
            #expect(error?.code == .addressInUse)
            #expect(error?.message.contains("another process answers") == true)
        }
    }

    @Test("does not replace a file that is no socket")
    func notASocket() throws {
        try withTemporaryFolder { folder in
            let path = "\(folder)/file"
            try Data("precious".utf8).write(to: URL(fileURLWithPath: path))
            let error = #expect(throws: HTTPServerError.self) { try ListeningSocket("unix:\(path)") }
            #expect(error?.code == .addressInUse)
            #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == Data("precious".utf8))
        }
    }

    @Test("does not remove a file that another put in its place")
    func replacedByAnother() throws {
        try withTemporaryFolder { folder in
            let path = "\(folder)/s.sock"
            let socket = try ListeningSocket("unix:\(path)")
            try FileManager.default.removeItem(atPath: path)
            try Data().write(to: URL(fileURLWithPath: path))
            socket.close()
            #expect(FileManager.default.fileExists(atPath: path))
        }
    }
}

private func withTemporaryFolder<R>(_ body: (String) throws -> R) throws -> R {
    let folder = try TemporaryFolder()
    return try withExtendedLifetime(folder) { try body(folder.path) }
}
