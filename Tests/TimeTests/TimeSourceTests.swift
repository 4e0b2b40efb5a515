// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@testable import Time

@Suite(.timeLimit(.minutes(1))) struct TimeSourceTests {
    let time = TimeSource.system

    @Test("the system's clocks run forward and agree with libc")
    func clocks() {
        let before = time.boot()
        #expect(abs(time.wall().milliseconds - Int64(Date().timeIntervalSince1970 * 1_000)) < 5_000)
        #expect(time.boot() >= before)
    }

    @Test("sleeps as long as asked by boot time, on a timer of CLOCK_BOOTTIME")
    func sleeps() async throws {
        let start = time.boot()
        try await time.sleep(.milliseconds(15))
        #expect(time.boot() >= start + .milliseconds(14))
        #expect(try timerClocks().contains(CLOCK_BOOTTIME))
    }

    @Test("does not sleep for zero or less", arguments: [Duration.zero, .seconds(-3_600)])
    func noSleep(duration: Duration) async throws {
        try await time.sleep(duration)
    }

    @Test("a cancelled sleep ends early")
    func cancelled() async {
        let sleep = time.sleep
        let sleeper = Task { try await sleep(.seconds(3_600)) }
        sleeper.cancel()
        await #expect(throws: CancellationError.self) { try await sleeper.value }
    }

    @Test("reads this boot's id")
    func boot() throws {
        let id = try currentBootID()
        #expect(UUID(uuidString: id) != nil)
        #expect(try currentBootID() == id)
    }

    @Test("names the file when the boot id can't be read", arguments: ["/nonexistent/boot_id", "/dev/null", "/proc"])
    func noBootID(path: String) {
        let error = #expect(throws: TimeError.self) { try bootID(at: path) }
        #expect(error?.code == .bootIDUnreadable)
        #expect(error?.message.contains(path) == true)
    }

    /// The clocks of this process's timers, by /proc/self/fdinfo.
    private func timerClocks() throws -> Set<clockid_t> {
        let folder = "/proc/self/fdinfo"
        let infos = try FileManager.default.contentsOfDirectory(atPath: folder)
            .compactMap { try? String(contentsOfFile: folder + "/" + $0, encoding: .utf8) }
        return Set(infos.flatMap { $0.split(separator: "\n") }.compactMap { line in
            line.hasPrefix("clockid:") ? line.split(separator: " ").last.flatMap { clockid_t($0) } : nil
        })
    }
}
