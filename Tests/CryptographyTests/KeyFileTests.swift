// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@testable import Cryptography

@Suite final class KeyFileTests {
    let folder = FileManager.default.temporaryDirectory.path + "/keyfile-" + UUIDv4.hex(random: .system)
    var path: String { folder + "/keys/master.key" }
    var file: KeyFile { KeyFile(path: path) }

    init() throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }

    deinit {
        do { try FileManager.default.removeItem(atPath: folder) } catch { Issue.record(error) }
    }

    @Test("creates a private file in a private folder and loads the same key from it")
    func createAndLoad() throws {
        let key = try file.create(random: .system)
        #expect(try mode(path) == 0o600)
        #expect(try mode(folder + "/keys") == 0o700)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder + "/keys") == ["master.key"])
        #expect(try file.load().fingerprint == key.fingerprint)
        let text = try String(contentsOfFile: path, encoding: .utf8)
        #expect(text.wholeMatch(of: /onboardd-key-v1:[A-Za-z0-9_-]{43}\n/) != nil)
    }

    @Test("never overwrites a file, and leaves no draft behind")
    func exists() throws {
        let key = try file.create(random: .system)
        #expect(code { _ = try self.file.create(random: .system) } == .exists)
        #expect(try file.load().fingerprint == key.fingerprint)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder + "/keys") == ["master.key"])
    }

    @Test("of many that create at once, one wins and all find its key")
    func race() async throws {
        let file = file
        let winners = await withTaskGroup(of: String?.self) { group in
            for _ in 0..<8 { group.addTask { try? file.create(random: .system).fingerprint } }
            return await group.reduce(into: [String]()) { winners, winner in winners += winner.map { [$0] } ?? [] }
        }
        #expect(winners == [try file.load().fingerprint])
    }

    @Test("refuses a file that group or others may use, and tells the fix", arguments: [0o640, 0o604, 0o620, 0o601, 0o777])
    func exposed(mode: Int) throws {
        _ = try file.create(random: .system)
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
        let error = #expect(throws: KeyFileError.self) { try file.load() }
        #expect(error?.code == .exposed)
        #expect(error?.message.contains("chmod 600 \(path)") == true)
    }

    @Test("names a file that is missing")
    func missing() {
        #expect(code { _ = try self.file.load() } == .missing)
    }

    @Test("refuses a link, a folder and a pipe")
    func notRegular() throws {
        _ = try file.create(random: .system)
        let link = folder + "/link", pipe = folder + "/pipe"
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: path)
        #expect(mkfifo(pipe, 0o600) == 0)
        for path in [link, pipe, folder] {
            #expect(code { _ = try KeyFile(path: path).load() } == .notRegular)
        }
    }

    @Test("refuses content that is not one key", arguments: [
        "", "\n", "onboardd-key-v1:", "onboardd-key-v1:AAAA\n",
        "onboardd-key-v1:" + String(repeating: "A", count: 44) + "\n",
        "onboardd-key-v1:" + String(repeating: "A", count: 42) + "B\n",  // spare bits
        "onboardd-key-v1:" + String(repeating: "A", count: 43) + "\n\n",
        "onboardd-key-v1:" + String(repeating: "A", count: 43) + "\r\n",
        " onboardd-key-v1:" + String(repeating: "A", count: 43) + "\n",
        String(repeating: "A", count: 43) + "\n",
    ])
    func malformed(content: String) throws {
        try place(content)
        #expect(code { _ = try self.file.load() } == .malformed)
    }

    @Test("says that a version is unknown")
    func version() throws {
        try place("onboardd-key-v2:" + String(repeating: "A", count: 43) + "\n")
        #expect(code { _ = try self.file.load() } == .unknownVersion)
    }

    @Test("accepts the line without its newline")
    func noNewline() throws {
        try place("onboardd-key-v1:" + String(repeating: "A", count: 43))
        #expect(try file.load().withBytes { $0.allSatisfy { $0 == 0 } })
    }

    @Test("reports a folder that it can't make")
    func noFolder() {
        #expect(code { _ = try KeyFile(path: self.folder + "/a/b/key").create(random: .system) } == .inputOutput)
    }

    private func place(_ content: String) throws {
        try FileManager.default.createDirectory(atPath: folder + "/keys", withIntermediateDirectories: true)
        #expect(FileManager.default.createFile(atPath: path, contents: Data(content.utf8), attributes: [.posixPermissions: 0o600]))
    }

    private func mode(_ path: String) throws -> Int {
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        return try #require(attributes[.posixPermissions] as? Int)
    }

    private func code(_ body: () throws -> Void) -> KeyFileError.Code? {
        let error = #expect(throws: KeyFileError.self) { try body() }
        return error?.code
    }
}
