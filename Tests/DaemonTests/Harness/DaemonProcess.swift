// SPDX-License-Identifier: Apache-2.0
import Foundation
import Glibc
import JSON

/// `onboardd serve` as a process: ready when this is made, killed when this goes away.
final class DaemonProcess: Sendable {
    let home: Home
    let process: ChildProcess
    let manager: NotifySocket
    /// As the daemon wrote it to its address file.
    let url: String

    /// Starts it and waits until it says that it is ready.
    static func start(
        _ home: Home, listen: String? = "127.0.0.1:0", environment: [String: String] = [:], listening: Int32? = nil,
        notify: String? = nil
    ) async throws -> DaemonProcess {
        let path = notify ?? home.folder.file("notify.\(UUID().uuidString.prefix(8))")
        let manager = try NotifySocket(path)
        let process = try ChildProcess(
            "onboardd", serveArguments(home, listen: listen), environment: environment.merging(["NOTIFY_SOCKET": path]) { $1 },
            listening: listening, whenEnded: { manager.end() })
        do {
            try await manager.message(holding: "READY=1")
        } catch {
            throw ChildProcess.Failure(description: "not ready: \(process.errorLines.items)")
        }
        return try DaemonProcess(home, process, manager)
    }

    static func serveArguments(_ home: Home, listen: String? = "127.0.0.1:0") -> [String] {
        ["serve", "--state-dir", home.state] + (listen.map { ["--listen", $0] } ?? [])
            + (FileManager.default.fileExists(atPath: home.settingsFile) ? ["--config", home.settingsFile] : [])
    }

    private init(_ home: Home, _ process: ChildProcess, _ manager: NotifySocket) throws {
        self.home = home
        self.process = process
        self.manager = manager
        url = try String(contentsOfFile: home.state + "/address", encoding: .utf8).trimmingCharacters(in: .newlines)
    }

    /// The daemon lives at least as long as its clients.
    var client: Client { Client(url, of: self) }

    /// kill -9: returns when the process is gone.
    func kill() async throws {
        process.signal(SIGKILL)
        _ = try await process.exitCode()
    }

    /// SIGTERM: returns the exit code.
    @discardableResult
    func stop() async throws -> Int32 {
        process.signal(SIGTERM)
        return try await process.exitCode()
    }

    /// SIGHUP: returns when the daemon says that it is ready again, with its notifications on the way.
    @discardableResult
    func reload() async throws -> [[String]] {
        let before = manager.messages.items.count
        process.signal(SIGHUP)
        try await manager.message(holding: "READY=1", after: before)
        return Array(manager.messages.items.dropFirst(before))
    }

    /// The first event of this name, as soon as it is logged.
    func event(_ name: String, after start: Int = 0) async throws -> JSONValue {
        let line = try await process.errorLines.first(after: start) { $0.contains(#""event":"\#(name)""#) }
        return try JSONValue(parsing: Array(line.utf8))
    }
}

/// A command of a program that has run to its end.
struct Command: Sendable {
    let exitCode: Int32
    let output: String
    let errors: String

    static func run(_ words: String..., environment: [String: String] = [:]) async throws -> Command {
        try await run(words, environment: environment)
    }

    static func run(_ words: [String], environment: [String: String] = [:]) async throws -> Command {
        let process = try ChildProcess("onboardd", words, environment: environment)
        let exitCode = try await process.exitCode()
        return Command(exitCode: exitCode, output: await process.outputLines.whole(), errors: await process.errorLines.whole())
    }
}

extension Mailbox<String> {
    /// All lines, once the other side has closed.
    func whole() async -> String {
        do {
            _ = try await first { _ in false }
            return ""
        } catch {
            return items.joined(separator: "\n")
        }
    }
}
