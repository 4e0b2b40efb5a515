// SPDX-License-Identifier: Apache-2.0
import Foundation
import Glibc
import Testing

@Suite("the start")
struct StartTests {
    @Test("a second daemon on the same state directory exits 1 and names the process that holds it")
    func secondDaemon() async throws {
        let daemon = try await DaemonProcess.start(try Home())
        let second = try await Command.run(DaemonProcess.serveArguments(daemon.home))
        #expect(second.exitCode == 1)
        #expect(second.errors.contains("in use by process \(daemon.process.pid)"), "\(second.errors)")
        #expect(try await daemon.client.get("/health").status == 200)
        #expect(FileManager.default.fileExists(atPath: daemon.home.state + "/control.sock"))
    }

    @Test("a refused configuration exits 2, naming file, line, column and key", arguments: [
        ("listen:\n  adress: 127.0.0.1:0\n", "onboardd.yml:2:3: ", "adress"),
        ("log:\n  level: loud\n", "onboardd.yml:2:10: log.level", "loud"),
        ("limits:\n  queue_depth: 0\n", "onboardd.yml:2:16: limits.queue_depth", "1"),
        ("limits:\n  queue_depth: many\n", "onboardd.yml:2:16: limits.queue_depth", "many"),
        ("kitchen:\n  sink: 1\n", "onboardd.yml:1:1: ", "kitchen"),
        ("listen:\n  address: 0.0.0.0:8080\n", "onboardd.yml:2:12: listen.address", "0.0.0.0:8080"),
        ("warehouse:\n  kind: bigquery\n", "onboardd.yml:2:9: warehouse.kind", "bigquery"),
        ("drain:\n  seconds: 25\n  seconds: 26\n", "onboardd.yml:3:3: ", "seconds"),
        ("log: [\n", "onboardd.yml:2:1: ", "flow node"),
    ])
    func refusedSettings(settings: String, place: String, word: String) async throws {
        let home = try Home()
        try home.configure(settings)
        for words in [["serve", "--config", home.settingsFile, "--state-dir", home.state], ["check-config", "--config", home.settingsFile]] {
            let run = try await Command.run(words)
            #expect(run.exitCode == 2)
            #expect(run.errors.contains(place) && run.errors.contains(word), "\(run.errors)")
        }
        #expect(!FileManager.default.fileExists(atPath: home.state))
    }

    @Test("a refused file beside the settings exits 2, naming file and line", arguments: [
        ("plans.yml", "daily: 6", "daily: none", "plans.yml:"),
        ("plans.yml", "STARTER:", "BEGINNER:", "plans.yml:"),
        ("setup/tenants/onboarding.yml", "attempts: 5", "attempts: 0", "setup/tenants/onboarding.yml:"),
    ])
    func refusedFiles(name: String, old: String, new: String, place: String) async throws {
        let home = try Home()
        try home.configure("")
        try home.edit(name, old, new)
        for words in [["serve", "--config", home.settingsFile, "--state-dir", home.state], ["check-config", "--config", home.settingsFile]] {
            let run = try await Command.run(words)
            #expect(run.exitCode == 2)
            #expect(run.errors.contains(place), "\(run.errors)")
        }
    }

    @Test("a variable or a flag that can't be is exit 2, and named", arguments: [
        (["--listen", "127.0.0.1:0"], ["ONBOARDD_LISTN_ADDRESS": "127.0.0.1:0"], "ONBOARDD_LISTN_ADDRESS"),
        (["--listen", "127.0.0.1:0"], ["ONBOARDD_LOG_LEVEL": "loud"], "ONBOARDD_LOG_LEVEL"),
        (["--listen", "0.0.0.0:0"], [:], "--listen"), (["--listen", "[::]:0"], [:], "--listen"),
        (["--listen", "somewhere"], [:], "--listen"), (["--listne", "127.0.0.1:0"], [:], "--listne"),
        (["--warehouse", "attic"], [:], "--warehouse"),
    ])
    func refusedWords(flags: [String], environment: [String: String], word: String) async throws {
        let home = try Home()
        let run = try await Command.run(["serve", "--state-dir", home.state] + flags, environment: environment)
        #expect(run.exitCode == 2 && run.errors.contains(word), "\(run.errors)")
        #expect(!FileManager.default.fileExists(atPath: home.state))
    }

    @Test("onboardctl's variables and STATE_DIRECTORY are not the daemon's to refuse")
    func foreignVariables() async throws {
        let home = try Home()
        let run = try await Command.run("check-config", environment: [
            "ONBOARDD_URL": "http://127.0.0.1:1", "ONBOARDD_TOKEN": "t", "STATE_DIRECTORY": home.state,
        ])
        #expect(run.exitCode == 0 && run.output.contains("good"), "\(run.errors)")
    }

    @Test("a state directory that can't be one is told", arguments: ["missing/parent", "file", String(repeating: "d", count: 90)])
    func unusableState(name: String) async throws {
        let home = try Home()
        try Data().write(to: URL(fileURLWithPath: home.folder.file("file")))
        let run = try await Command.run("serve", "--listen", "127.0.0.1:0", "--state-dir", home.folder.file(name))
        #expect(run.exitCode == 1 && run.errors.contains("state.directory \(home.folder.file(name))"), "\(run.errors)")
    }

    @Test("an address that a killed daemon left is gone when the next one can't start")
    func staleAddress() async throws {
        let home = try Home()
        let daemon = try await DaemonProcess.start(home)
        let url = daemon.url
        try await daemon.kill()
        #expect(FileManager.default.fileExists(atPath: home.state + "/address"))
        let other = try await DaemonProcess.start(try Home())
        let taken = String(other.url.dropFirst("http://".count))
        let run = try await Command.run(DaemonProcess.serveArguments(home, listen: taken))
        #expect(run.exitCode == 1 && run.errors.contains(taken), "\(run.errors)")
        #expect(!FileManager.default.fileExists(atPath: home.state + "/address"), "\(url)")
    }

    @Test("a unix socket is served with mode 0660, the control socket with 0600; an abstract notify socket is told too")
    func unixSocket() async throws {
        let home = try Home()
        let path = home.folder.file("api.sock")
        let name = "@onboardd-test-\(UUID().uuidString)"
        let daemon = try await DaemonProcess.start(home, listen: "unix:\(path)", notify: name)
        #expect(daemon.url == "unix:\(path)")
        #expect(try Self.mode(path) == 0o660)
        #expect(try Self.mode(home.state + "/control.sock") == 0o600)
        #expect(try Self.mode(home.keyFile) == 0o600)
        #expect(try Self.mode(home.state) == 0o700)
        #expect(try await daemon.client.onboardFully("acme_corp").status == 200)
        #expect(try await daemon.stop() == 0)
        #expect(!FileManager.default.fileExists(atPath: path))
    }

    @Test("a socket that the service manager passes is served; from one daemon to the next no connection is refused")
    func socketActivation() async throws {
        let home = try Home()
        let socket = try PassedSocket(loopback: true)
        let daemon = try await DaemonProcess.start(home, listen: nil, listening: socket.descriptor)
        #expect(daemon.url == "http://127.0.0.1:\(socket.port)")
        #expect(try await daemon.client.onboard("acme_corp").status == 202)
        #expect(try await daemon.stop() == 0)

        let between = Task { try await blocking {
            let connection = try RawConnection(port: socket.port)
            try connection.send("GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n".utf8)
            return try connection.answer()?.status
        } }
        let next = try await DaemonProcess.start(home, listen: nil, listening: socket.descriptor)
        #expect(try await between.value == 200)
        let jobs = try await next.client.get("/api/v1/jobs?tenant_id=acme_corp").json["items"].list
        #expect(try await next.client.job(jobs.first?["job_id"].text ?? "", wait: 60).json["state"] == .string("succeeded"))
    }

    @Test("a passed socket that other machines can reach is refused")
    func openSocketActivation() async throws {
        let home = try Home()
        let socket = try PassedSocket(loopback: false)
        let process = try ChildProcess("onboardd", DaemonProcess.serveArguments(home, listen: nil), listening: socket.descriptor)
        #expect(try await process.exitCode() == 1)
        let errors = await process.errorLines.whole()
        #expect(errors.contains("can be reached from other machines"), "\(errors)")
    }

    private static func mode(_ path: String) throws -> Int {
        (try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? NSNumber)?.intValue ?? 0
    }
}

/// A listening socket as a service manager holds it.
private final class PassedSocket: Sendable {
    let descriptor: Int32
    let port: UInt16

    init(loopback: Bool) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = loopback ? UInt32(0x7F00_0001).bigEndian : 0
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isListening = withUnsafeMutablePointer(to: &address) { [descriptor] in
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, length) == 0 && listen(descriptor, 64) == 0 && getsockname(descriptor, $0, &length) == 0
            }
        }
        guard isListening else { throw ChildProcess.Failure(description: "listen: \(String(cString: strerror(errno)))") }
        port = UInt16(bigEndian: address.sin_port)
    }

    deinit { close(descriptor) }
}
