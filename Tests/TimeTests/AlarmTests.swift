// SPDX-License-Identifier: Apache-2.0
import Dispatch
import Glibc
import Testing
import Time

/// Serialized, because one test moves the wall clock by a microsecond and the others count their wakes.
@Suite(.serialized, .timeLimit(.minutes(1))) struct AlarmTests {
    let queue = DispatchQueue(label: "alarm")
    let wakes: AsyncStream<Void>
    let alarm: Alarm

    init() throws {
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self)
        wakes = stream
        alarm = try Alarm(onQueue: queue) { continuation.yield() }
    }

    @Test("wakes at the boot time, never before")
    func bootTime() async {
        let time = TimeSource.system.boot() + .milliseconds(20)
        alarm.set(boot: time)
        await nextWake()
        #expect(TimeSource.system.boot() >= time)
    }

    @Test("wakes at the wall time, never before")
    func wallTime() async {
        let time = TimeSource.system.wall() + .milliseconds(20)
        alarm.set(wall: time)
        await nextWake()
        #expect(TimeSource.system.wall() >= time)
    }

    @Test("wakes at once for a past time", arguments: [Int64.min, 0, 1])
    func past(milliseconds: Int64) async {
        alarm.set(boot: BootTime(milliseconds: milliseconds))
        await nextWake()
        alarm.set(wall: WallTime(milliseconds: milliseconds))
        await nextWake()
    }

    @Test("only the time set last counts")
    func replaced() async {
        let start = TimeSource.system.boot()
        alarm.set(boot: start + .milliseconds(5))
        alarm.set(boot: nil)
        alarm.set(wall: TimeSource.system.wall() + .milliseconds(5))
        alarm.set(wall: nil)
        alarm.set(boot: BootTime(milliseconds: .max))
        alarm.set(boot: start + .milliseconds(40))
        await nextWake()
        #expect(TimeSource.system.boot() >= start + .milliseconds(40))
    }

    @Test("reports that the wall clock was set, with and without a wall time", .enabled(if: mayMoveClock), arguments: [
        nil, WallTime.latest,
    ])
    func clockSet(waitingFor time: WallTime?) async {
        alarm.set(wall: time)
        #expect(moveClock(microseconds: 1))
        await nextWake()
        #expect(moveClock(microseconds: -1))
        await nextWake()
    }

    @Test("closed, it lets go of its timers and wakes nobody")
    func closed() async throws {
        let released = AsyncStream.makeStream(of: Void.self)
        do {
            let token = DeinitSignal(released.continuation)
            let closing = try Alarm(onQueue: queue) {
                token.keep()
                Issue.record("a closed alarm woke")
            }
            queue.sync {
                closing.set(boot: BootTime(milliseconds: 1))
                closing.close()
                closing.close()
                closing.set(boot: BootTime(milliseconds: 1))
                closing.set(wall: WallTime(milliseconds: 1))
            }
        }
        for await _ in released.stream { break }
    }

    private func nextWake() async {
        for await _ in wakes { return }
    }
}

private final class DeinitSignal: Sendable {
    private let continuation: AsyncStream<Void>.Continuation
    init(_ continuation: AsyncStream<Void>.Continuation) { self.continuation = continuation }
    deinit { continuation.yield() }
    func keep() {}
}
