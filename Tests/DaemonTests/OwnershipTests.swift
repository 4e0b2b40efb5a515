// SPDX-License-Identifier: Apache-2.0
import Foundation
import JSON
import SQLite
import Testing

/// A daemon refuses a state directory whose parts don't belong together, before it changes anything, and says what to do.
@Suite("what belongs together")
struct OwnershipTests {
    private enum Key: String, CaseIterable, CustomTestStringConvertible {
        case missing, another, exposed, empty, symlink
        var testDescription: String { rawValue }

        var words: String {
            switch self {
            case .missing: "is missing, and the store holds secrets sealed with it"
            case .another: "the store was sealed with"
            case .exposed: "644"
            case .empty, .symlink: "master.key"
            }
        }

        func put(at path: String, another: String) throws {
            let files = FileManager.default
            switch self {
            case .exposed: return try files.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
            case .missing, .another, .empty, .symlink: try files.removeItem(atPath: path)
            }
            switch self {
            case .missing, .exposed: break
            case .another: try files.copyItem(atPath: another, toPath: path)
            case .empty: try #require(files.createFile(atPath: path, contents: Data(), attributes: [.posixPermissions: 0o600]))
            case .symlink: try files.createSymbolicLink(atPath: path, withDestinationPath: another)
            }
        }
    }

    @Test("a key file that is not the store's own and private is refused; the right one back, the daemon starts", arguments: Key.allCases)
    private func keyFile(key: Key) async throws {
        let (home, other) = (try Home(), try Home())
        for home in [home, other] { try await DaemonProcess.start(home).stop() }
        let copy = home.folder.file("copy.key")
        try FileManager.default.copyItem(atPath: home.keyFile, toPath: copy)
        try key.put(at: home.keyFile, another: other.keyFile)

        let run = try await Command.run(DaemonProcess.serveArguments(home))
        #expect(run.exitCode == 1)
        #expect(run.errors.contains(home.keyFile) && run.errors.contains(key.words), "\(run.errors)")
        let isThere = FileManager.default.fileExists(atPath: home.keyFile)
        #expect(isThere == (key != .missing), "no key is made in the place of a lost one")

        try? FileManager.default.removeItem(atPath: home.keyFile)
        try FileManager.default.moveItem(atPath: copy, toPath: home.keyFile)
        #expect(try await DaemonProcess.start(home).client.onboardFully("acme_corp").status == 200)
    }

    @Test("another store's warehouse is refused until reconcile --adopt takes it over")
    func foreignWarehouse() async throws {
        let (home, other) = (try Home(), try Home())
        let former = try await DaemonProcess.start(other)
        _ = try await former.client.onboardFully("acme_corp", plan: "SCALE")
        #expect(try await former.stop() == 0)
        try await DaemonProcess.start(home).stop()
        try FileManager.default.removeItem(atPath: home.state + "/warehouse")
        try FileManager.default.copyItem(atPath: other.state + "/warehouse", toPath: home.state + "/warehouse")

        for words in [DaemonProcess.serveArguments(home), ["bootstrap", "--state-dir", home.state]] {
            let refused = try await Command.run(words)
            #expect(refused.exitCode == 1 && refused.errors.contains("reconcile --adopt"), "\(refused.errors)")
        }
        let looked = try await Command.run("reconcile", "--state-dir", home.state)
        #expect(looked.exitCode == 0)
        let seen = try JSONValue(parsing: Array(looked.output.utf8))
        #expect(seen["instance"]["store"] != seen["instance"]["warehouse"] && seen["instance"]["adopted"] == .bool(false))
        #expect(try await Command.run(DaemonProcess.serveArguments(home)).exitCode == 1)

        let taken = try await Command.run("reconcile", "--adopt", "--state-dir", home.state)
        #expect(taken.exitCode == 0)
        #expect(try JSONValue(parsing: Array(taken.output.utf8))["instance"]["adopted"] == .bool(true))
        let daemon = try await DaemonProcess.start(home)
        #expect(try await daemon.client.get("/api/v1/tenants/acme_corp").json["subscription_plan"] == .string("SCALE"))
        #expect(try await daemon.client.get("/api/v1/tenants/acme_corp/view").json["rows"].list.count == 1)
        #expect(try await daemon.client.onboard("acme_corp").code == "tenant_exists")
        let formerAgain = try await Command.run("reconcile", "--state-dir", other.state)
        #expect(formerAgain.exitCode == 0, "a copy was adopted: the original still belongs to its own store")
    }

    @Test("a store of a newer program is refused, with the way out")
    func newerStore() async throws {
        let home = try Home()
        try await DaemonProcess.start(home).stop()
        try Connection(path: home.jobStore, mode: .readWrite)
            .executeScript("INSERT INTO migration (number, name, checksum, applied_at) VALUES (99, 'future', 'x', 0)")
        for words in [DaemonProcess.serveArguments(home), ["migrate", "--state-dir", home.state], ["reconcile", "--state-dir", home.state]] {
            let run = try await Command.run(words)
            #expect(run.exitCode == 1 && run.errors.contains("the store is at migration 99"), "\(run.errors)")
        }
    }

    @Test("a store whose applied migration reads otherwise is refused")
    func changedMigration() async throws {
        let home = try Home()
        try await DaemonProcess.start(home).stop()
        try Connection(path: home.jobStore, mode: .readWrite).executeScript("UPDATE migration SET checksum = 'x' WHERE number = 2")
        let run = try await Command.run(DaemonProcess.serveArguments(home))
        #expect(run.exitCode == 1 && run.errors.contains("migration 2 (tenants) was applied with another text"), "\(run.errors)")
    }

    @Test("a job store that is no database, or a damaged one, is refused by name")
    func damagedStore() async throws {
        let home = try Home()
        try await DaemonProcess.start(home).stop()
        try Data("this is no database, and never was one".utf8).write(to: URL(fileURLWithPath: home.jobStore))
        let run = try await Command.run(DaemonProcess.serveArguments(home))
        #expect(run.exitCode == 1 && run.errors.contains("jobs.sqlite"), "\(run.errors)")
    }
}
