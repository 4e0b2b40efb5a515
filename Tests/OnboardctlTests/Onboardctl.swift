// SPDX-License-Identifier: Apache-2.0
import Foundation
import ScriptedServer

/// The program as a process of its own, with nothing in its environment but what a test puts there.
struct Onboardctl {
    let exitCode: Int32
    let output: String
    let errors: String

    var outputLines: [String] { output.components(separatedBy: "\n").filter { !$0.isEmpty } }

    /// Beside the tests in the build folder.
    private static let program = Bundle.main.executableURL?.deletingLastPathComponent()
        .appendingPathComponent("onboardctl")

    struct NotBuilt: Error {}

    static func run(
        _ words: String..., server: ScriptedServer? = nil, environment: [String: String] = [:], input: String = ""
    ) async throws -> Onboardctl {
        try await run(words: words, server: server, environment: environment, input: input)
    }

    static func run(
        words: [String], server: ScriptedServer? = nil, environment: [String: String] = [:], input: String = ""
    ) async throws -> Onboardctl {
        var environment = environment
        if let server { environment["ONBOARDD_URL"] = server.url }
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let (output, errors) = (folder.file("output"), folder.file("errors"))
        try input.write(to: folder.file("input"), atomically: false, encoding: .utf8)
        let exitCode = try await start(
            words, environment, input: FileHandle(forReadingFrom: folder.file("input")),
            output: folder.open(output), errors: folder.open(errors))
        return Onboardctl(
            exitCode: exitCode, output: try String(contentsOf: output, encoding: .utf8),
            errors: try String(contentsOf: errors, encoding: .utf8))
    }

    /// With a terminal as its standard output.
    static func runOnTerminal(
        _ words: String..., server: ScriptedServer, environment: [String: String] = [:], columns: UInt16 = 80
    ) async throws -> Onboardctl {
        var environment = environment
        environment["ONBOARDD_URL"] = server.url
        environment["TERM"] = "xterm"
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let errors = folder.file("errors")
        let terminal = try PseudoTerminal(columns: columns)
        async let shown = terminal.readAll()
        let exitCode = try await start(
            words, environment, input: .nullDevice, output: terminal.programSide, errors: folder.open(errors))
        terminal.closeProgramSide()
        return Onboardctl(
            exitCode: exitCode, output: await shown, errors: try String(contentsOf: errors, encoding: .utf8))
    }

    private static func start(
        _ arguments: [String], _ environment: [String: String], input: FileHandle, output: FileHandle,
        errors: FileHandle
    ) async throws -> Int32 {
        guard let program else { throw NotBuilt() }
        let process = Process()
        process.executableURL = program
        process.arguments = arguments
        process.environment = environment
        (process.standardInput, process.standardOutput, process.standardError) = (input, output, errors)
        return try await withCheckedThrowingContinuation { continuation in
            process.terminationHandler = { continuation.resume(returning: $0.terminationStatus) }
            do {
                try process.run()
            } catch {
                continuation.resume(throwing: error)
            }
        }
    }
}
