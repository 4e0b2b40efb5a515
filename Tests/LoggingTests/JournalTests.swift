// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing
import Time

@testable import Logging

@Suite(.timeLimit(.minutes(1))) final class JournalTests {
    let folder = FileManager.default.temporaryDirectory.path + "/journal-" + UUID().uuidString
    var path: String { folder + "/socket" }
    let pipe = LogPipe()

    init() throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }

    deinit {
        do { try FileManager.default.removeItem(atPath: folder) } catch { Issue.record(error) }
    }

    @Test("sends an event as one datagram")
    func datagram() throws {
        let journal = try Receiver(path)
        defer { journal.close() }
        let output = LogOutput(.journal(socketPath: path, fallback: pipe.writeEnd), level: .info, time: .system)
        Logger(output).with(.job("job_1")).warning("job.waits", "for mail@acme.com")
        #expect(journal.receive() == """
            MESSAGE=for <redacted>
            PRIORITY=4
            SYSLOG_IDENTIFIER=onboardd
            ONBOARDD_EVENT=job.waits
            JOB_ID=job_1

            """)
    }

    @Test("writes to stderr what the journal does not take, says so once, and finds a journal that came back")
    func fallback() throws {
        let output = LogOutput(.journal(socketPath: path, fallback: pipe.writeEnd), level: .info, time: .system)
        let logger = Logger(output)
        logger.info("test.first", "1")
        logger.info("test.second", "2")
        let events = pipe.lines(3).compactMap { $0.firstMatch(of: /"event":"([a-z._]+)"/)?.1 }
        #expect(events == ["log.journal_lost", "test.first", "test.second"])

        let journal = try Receiver(path)
        defer { journal.close() }
        logger.info("test.third", "3")
        #expect(journal.receive().contains("ONBOARDD_EVENT=test.third\n"))
    }

    @Test("an impossible socket path costs no event")
    func longPath() {
        let output = LogOutput(.journal(socketPath: "/" + String(repeating: "x", count: 200), fallback: pipe.writeEnd), level: .info, time: .system)
        Logger(output).info("test.kept", "1")
        #expect(pipe.lines(2).last?.contains("test.kept") == true)
    }

    @Test("the journal is taken only where stderr is its stream")
    func detection() throws {
        var status = stat()
        try #require(fstat(pipe.writeEnd, &status) == 0)
        let stream = "\(status.st_dev):\(status.st_ino)"
        func found(_ format: LogFormat, _ stream: String?) -> LogDestination {
            .standardError(format: format, journalStream: stream, descriptor: pipe.writeEnd)
        }
        #expect(found(.auto, stream) == .journal(socketPath: "/run/systemd/journal/socket", fallback: pipe.writeEnd))
        #expect(found(.auto, "1:1") == .json(descriptor: pipe.writeEnd))
        #expect(found(.auto, "") == .json(descriptor: pipe.writeEnd))
        #expect(found(.auto, nil) == .json(descriptor: pipe.writeEnd))
        #expect(found(.json, stream) == .json(descriptor: pipe.writeEnd))
        #expect(found(.text, stream) == .text(descriptor: pipe.writeEnd))
    }

    @Test("a terminal gets text")
    func terminal() throws {
        var controller: Int32 = -1, terminal: Int32 = -1
        try #require(openpty(&controller, &terminal, nil, nil, nil) == 0)
        defer {
            close(controller)
            close(terminal)
        }
        #expect(LogDestination.standardError(format: .auto, journalStream: nil, descriptor: terminal) == .text(descriptor: terminal))
    }
}

/// The journal's end of its socket.
private struct Receiver {
    let descriptor: Int32

    init(_ path: String) throws {
        descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        let status = withUnsafeBytes(of: address) {
            bind(descriptor, $0.assumingMemoryBound(to: sockaddr.self).baseAddress, socklen_t($0.count))
        }
        try #require(status == 0)
    }

    func close() { Foundation.close(descriptor) }

    func receive() -> String {
        var buffer = [UInt8](repeating: 0, count: 16_384)
        let count = recv(descriptor, &buffer, buffer.count, 0)
        return String(decoding: buffer.prefix(max(count, 0)), as: UTF8.self)
    }
}
