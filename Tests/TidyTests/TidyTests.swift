// SPDX-License-Identifier: Apache-2.0
import Foundation
import Migrations
import Testing

/// The house keeps itself tidy: what a reviewer would have to look for by hand.
@Suite("The sources")
struct TidyTests {
    private let house: House

    init() throws { house = try House() }

    @Test("import each C module in exactly one target", arguments: ["CSQLite", "CMicroHTTPD", "CYAML", "COpenSSL", "CCurl"])
    func importers(of module: String) {
        let targets = Set(house.sources.filter { $0.imports.contains(module) }.map(\.target))
        #expect(targets.count == 1, "\(module) is imported by \(targets.sorted())")
    }

    @Test("show no C type in a public signature")
    func publicInterfaces() {
        let cTypes = ["OpaquePointer", "UnsafeMutableRawPointer", "MHD_", "sqlite3", "yaml_", "EVP_", "CURL"]
        let found = house.sources.flatMap { file in
            file.code.map { $0.split(separator: "{").first.map(String.init) ?? "" }
                .filter { $0.contains("public ") && cTypes.contains(where: $0.contains) }
                .map { "\(file.path): \($0)" }
        }
        #expect(found.isEmpty, "\(found.joined(separator: "\n"))")
    }

    @Test("use FoundationEssentials: Foundation would bring ICU along")
    func foundation() {
        #expect(house.sources.filter { $0.imports.contains("Foundation") }.map(\.path).isEmpty)
    }

    @Test("never crash on what input can reach")
    func crashes() {
        let found = house.sources.flatMap { file in
            file.code.filter { $0.contains("try!") || $0.contains("fatalError(") || $0.contains("TODO") || $0.contains("FIXME") }
                .map { "\(file.path): \($0)" }
        }
        #expect(found.isEmpty, "\(found.joined(separator: "\n"))")
    }

    @Test("give the reason above each unchecked promise")
    func unchecked() {
        let found = house.sources.flatMap { file in
            file.lines.indices.filter { index in
                let line = file.lines[index]
                guard line.contains("@unchecked Sendable") || line.contains("nonisolated(unsafe)"), !line.hasPrefix("//") else { return false }
                let around = file.lines[max(index - 4, 0)...min(index + 3, file.lines.count - 1)]
                return !around.contains { $0.hasPrefix("//") }
            }.map { "\(file.path):\($0 + 1)" }
        }
        #expect(found.isEmpty, "\(found.joined(separator: "\n"))")
    }

    @Test("are small files that name their licence")
    func files() {
        for file in house.sources + house.tests {
            #expect(file.lines.first == "// SPDX-License-Identifier: Apache-2.0" || file.path.hasSuffix("Package.swift"), "\(file.path)")
            #expect(file.lines.count <= 320, "\(file.path) has \(file.lines.count) lines")
        }
    }

    @Test("have a front page for each target")
    func frontPages() {
        let missing = Set(house.sources.map(\.target)).filter { target in
            !["onboardd", "Migrations", "Configs"].contains(target) && !house.exists("Sources/\(target)/\(target).docc/\(target).md")
        }
        #expect(missing.isEmpty, "\(missing.sorted())")
    }

    @Test("list each migration of the folder, in order")
    func migrations() throws {
        let files = try house.names(in: "migrations").filter { $0.hasSuffix(".sql") }.sorted()
        #expect(files.map { String($0.dropLast(4)) } == Migration.all.map { String(format: "%04d_%@", $0.number, $0.name) })
        #expect(Migration.all.map(\.number) == Array(1...Migration.all.count))
    }

    @Test("wait in tests for events, never for time", arguments: ["usleep(", " sleep(", "Task.sleep("])
    func sleeps(_ call: String) {
        let exempt = ["/Benchmarks/", "/TidyTests/", "/TimeTests/"]
        let found = house.tests.filter { file in !exempt.contains { file.path.contains($0) } }
            .filter { $0.code.contains { $0.contains(call) } }.map(\.path)
        #expect(found.isEmpty, "\(found.joined(separator: ", "))")
    }
}
