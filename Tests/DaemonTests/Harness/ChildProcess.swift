// SPDX-License-Identifier: Apache-2.0
import Foundation
import Glibc

/// A built program as a process of its own, with nothing in its environment but what a test puts there.
final class ChildProcess: Sendable {
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    let pid: pid_t
    let outputLines = Mailbox<String>("stdout")
    let errorLines = Mailbox<String>("stderr")
    private let status = Mailbox<Int32>("the process")

    /// - Parameters:
    ///   - listening: passed as descriptor 3, as systemd passes a socket (sd_listen_fds(3)).
    ///   - whenEnded: called on a thread of its own when the process is gone.
    init(
        _ program: String, _ arguments: [String], environment: [String: String] = [:], listening: Int32? = nil,
        whenEnded: @escaping @Sendable () -> Void = {}
    ) throws {
        guard let path = Bundle.main.executableURL?.deletingLastPathComponent().appendingPathComponent(program).path else {
            throw Failure(description: "\(program) is not built")
        }
        var words = [path] + arguments
        // LISTEN_PID is the program's own: only a shell that becomes it knows that beforehand.
        if listening != nil { words = ["/bin/sh", "-c", #"LISTEN_FDS=1 LISTEN_PID=$$ exec "$@""#, "sh"] + words }
        let (output, errors) = (try Pipe(), try Pipe())
        defer { close(output.writing); close(errors.writing) }
        pid = try Self.spawn(words, environment, output: output.writing, errors: errors.writing, listening: listening)
        for (pipe, lines) in [(output, outputLines), (errors, errorLines)] {
            Thread.detachNewThread { pipe.readLines(into: lines) }
        }
        Thread.detachNewThread { [pid, status] in
            var result: Int32 = 0
            while waitpid(pid, &result, 0) < 0, errno == EINTR {}
            status.append(result)
            whenEnded()
        }
    }

    deinit { if status.items.isEmpty { Glibc.kill(pid, SIGKILL) } }

    func signal(_ number: Int32) {
        if status.items.isEmpty { Glibc.kill(pid, number) }
    }

    /// The exit code, or 128 and the number of the signal that ended it, as a shell tells it.
    func exitCode() async throws -> Int32 {
        let result = try await status.first()
        return result & 0x7F == 0 ? (result >> 8) & 0xFF : 128 + (result & 0x7F)
    }

    private static func spawn(
        _ words: [String], _ environment: [String: String], output: Int32, errors: Int32, listening: Int32?
    ) throws -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, output, 1)
        posix_spawn_file_actions_adddup2(&actions, errors, 2)
        if let listening { posix_spawn_file_actions_adddup2(&actions, listening, 3) }
        let arguments = words.map { strdup($0) } + [nil]
        let variables = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { (arguments + variables).forEach { free($0) } }
        var pid: pid_t = 0
        let failure = posix_spawn(&pid, words[0], &actions, nil, arguments, variables)
        guard failure == 0 else { throw Failure(description: "\(words[0]): \(String(cString: strerror(failure)))") }
        return pid
    }
}

/// Both ends closed in children from the beginning, which a socket pair can be and a pipe can't: no process of another test
/// may hold them open.
private struct Pipe {
    let reading: Int32, writing: Int32

    init() throws {
        var ends: [Int32] = [0, 0]
        guard socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0, &ends) == 0 else {
            throw ChildProcess.Failure(description: "socketpair: \(String(cString: strerror(errno)))")
        }
        (reading, writing) = (ends[0], ends[1])
    }

    func readLines(into lines: Mailbox<String>) {
        var left: [UInt8] = [], chunk = [UInt8](repeating: 0, count: 65_536)
        while case let count = read(reading, &chunk, chunk.count), count > 0 {
            left += chunk[..<count]
            while let end = left.firstIndex(of: UInt8(ascii: "\n")) {
                lines.append(String(decoding: left[..<end], as: UTF8.self))
                left.removeFirst(end + 1)
            }
        }
        if !left.isEmpty { lines.append(String(decoding: left, as: UTF8.self)) }
        lines.close()
        close(reading)
    }
}
