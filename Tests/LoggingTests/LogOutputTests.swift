// SPDX-License-Identifier: Apache-2.0
import Glibc
import Testing
import Time

@testable import Logging

@Suite(.timeLimit(.minutes(1))) struct LogOutputTests {
    let pipe = LogPipe()

    @Test("writes each event on a line, in the order of logging")
    func order() {
        let output = LogOutput(.text(descriptor: pipe.writeEnd), level: .debug, time: .system)
        let logger = Logger(output)
        for index in 0..<200 { logger.info("test.order", "\(index)") }
        #expect(output.flush())
        let numbers = pipe.lines(200).compactMap { $0.split(separator: " ").last.flatMap { Int($0) } }
        #expect(numbers == Array(0..<200))
    }

    @Test("carries the logger's fields and the event's own")
    func fields() {
        let output = LogOutput(.text(descriptor: pipe.writeEnd), level: .info, time: .system)
        Logger(output).with(.job("job_1"), .tenant("acme")).with(.step("dryrun")).error("step.failed", "no", LogField("attempt", 2))
        #expect(pipe.lines(1).first?.hasSuffix("error step.failed: no (job_id=job_1, tenant_id=acme, step=dryrun, attempt=2)") == true)
    }

    @Test("logs from the level that is set, also when it is set anew, and does not make messages below it")
    func levels() {
        let output = LogOutput(.text(descriptor: pipe.writeEnd), level: .notice, time: .system)
        let logger = Logger(output)
        logger.info("test.level", neverMade())
        logger.notice("test.level", "1")
        output.setLevel(.error)
        logger.log(.warning, "test.level", neverMade())
        logger.error("test.level", "2")
        output.setLevel(.debug)
        logger.debug("test.level", "3")
        #expect(pipe.lines(3).compactMap(\.last) == ["1", "2", "3"])
    }

    @Test("a blocked receiver holds up no caller; what was dropped is told when it reads again")
    func blocked() {
        let output = LogOutput(.json(descriptor: pipe.writeEnd), level: .debug, time: .system)
        let logger = Logger(output), count = 8_000
        for index in 0..<count { logger.info("test.flood", "\(index)") }
        logger.error("test.last", "kept")
        #expect(!output.flush(within: .milliseconds(1)))

        var written = 0, dropped = 0, lastSeen = false
        while dropped == 0 || !lastSeen, let line = pipe.lines(1).first {
            if line.contains("test.flood") { written += 1 }
            if let report = line.firstMatch(of: /"dropped":(\d+)/), let count = Int(report.1) { dropped += count }
            if line.contains("test.last") { lastSeen = true }
        }
        #expect(output.flush())
        #expect(written + dropped == count)
    }

    @Test("waits for a receiver that does not block")
    func nonBlocking() {
        #expect(fcntl(pipe.writeEnd, F_SETFL, O_NONBLOCK) == 0)
        let output = LogOutput(.json(descriptor: pipe.writeEnd), level: .debug, time: .system)
        for index in 0..<900 { Logger(output).info("test.nonblocking", "\(index)", LogField("pad", String(repeating: "x ", count: 50))) }
        #expect(pipe.lines(900).count == 900)
    }

    @Test("lives on when nothing can be written, and tells how much that cost")
    func unwritable() throws {
        let descriptor = open("/dev/null", O_RDONLY)
        defer { close(descriptor) }
        let output = LogOutput(.json(descriptor: descriptor), level: .debug, time: .system)
        Logger(output).info("test.lost", "1")
        #expect(output.flush())
        try #require(dup2(pipe.writeEnd, descriptor) == descriptor)
        Logger(output).info("test.found", "2")
        let lines = pipe.lines(2)
        #expect(lines.first?.contains(#""dropped":1"#) == true)
        #expect(lines.last?.contains("test.found") == true)
    }

    private func neverMade() -> String {
        Issue.record("a message below the level was made")
        return ""
    }
}
