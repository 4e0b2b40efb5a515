// SPDX-License-Identifier: Apache-2.0
@testable import JobQueue
import Testing
import Time
@testable import Workflow

@Suite("A job that goes forward")
struct ForwardTests {
    private static let diamond: [StepDefinition<String>] = [
        .plain("top"), .plain("left", after: ["top"]), .plain("right", after: ["top"]), .plain("deep", after: ["left"]),
        .plain("bottom", after: ["deep", "right"]),
    ]

    @Test("begins independent steps side by side, and each as soon as what it depends on is done")
    func sideBySide() async throws {
        var play = try await Play(Self.diamond)
        #expect(play.started == ["top"])
        try play.done("top")
        #expect(play.started == ["left", "right"])
        try play.done("left")
        #expect(play.started == ["deep"])
        try play.done("right")
        #expect(play.started == [] && play.move.advance.fate == .held)
        try play.done("deep")
        #expect(play.started == ["bottom"])
        try play.done("bottom")
        #expect(play.move.advance.moves == [.finished] && play.move.advance.fate == .ended)
        #expect(play.move.advance.done == 5 && play.move.advance.result == "{}")
        #expect(Self.diamond.map { play.progress.record($0.name).begun } == [1, 2, 3, 4, 5])
    }

    @Test("waits for the steps in hand before it turns back, and begins nothing meanwhile")
    func turnsBackLate() async throws {
        var play = try await Play(Self.diamond)
        try play.done("top")
        try play.finish("right", .failsForGood)
        #expect(play.started == [] && play.move.advance.moves == [])
        try play.done("left")
        #expect(play.move.advance.moves == [.failedForGood] && play.started == ["undo right"])
        try play.undone("right")
        #expect(play.started == ["undo left"])
        try play.undone("left")
        #expect(play.started == ["undo top"])
        try play.undone("top")
        #expect(play.move.advance.moves == [.undone] && play.move.advance.fate == .ended)
        #expect(play.state("deep") == .skipped && play.state("right") == .rolledBack)
        #expect(play.move.advance.leftovers == nil && play.move.advance.error?.contains(#""code":"wrong""#) == true)
    }

    @Test("is held while another step runs, and only waits when all that is left waits")
    func waits() async throws {
        var play = try await Play([.plain("a"), .plain("b")])
        try play.finish("a", .fails)
        #expect(play.state("a") == .retrying && play.move.advance.fate == .held)
        #expect(play.move.wakeAt == play.clock.boot + .seconds(1))
        try play.done("b")
        guard case .waits(let due, .retry, "a") = play.move.advance.fate else {
            Issue.record("it doesn't wait: \(play.move.advance.fate)")
            return
        }
        #expect(due.delay == .seconds(1) && play.move.advance.moves == [.failedForNow])
    }

    @Test("draws a step's values once, whatever becomes of its attempts")
    func drawsOnce() async throws {
        var play = try await Play([.plain("a"), .plain("b")])
        let drawn = try #require(play.move.starts.first?.drawn)
        try play.finish("a", .fails)
        play.clock.pass(.seconds(2))
        try play.lookAgain()
        #expect(play.started == ["a"])
        #expect(play.move.starts.first?.drawn == drawn && play.move.starts.first?.attempt.number == 2)
        try play.lookAgain { $0.isDraining = true }
        try play.finish("a", .givenUp)
        #expect(play.progress.record("a").drawn == drawn && play.progress.record("a").attempt == 1)
    }

    @Test("gives up after the policy's attempts, each on record with what follows")
    func attempts() async throws {
        var play = try await Play([.plain("a", policy: StepPolicy(attempts: 3))])
        for attempt in 1...3 {
            try play.finish("a", .fails)
            let failure = try #require(play.move.advance.failures.first)
            #expect(failure.attempt == attempt && failure.code == "broken" && failure.retryable)
            #expect((failure.retryAt == nil) == (attempt == 3))
            play.clock.pass(.seconds(10))
            if attempt < 3 { try play.lookAgain() }
        }
        #expect(play.state("a") == .rollingBack && play.started == ["undo a"])
    }

    @Test("gives up when attempts and pauses together took the policy's total time")
    func totalTime() async throws {
        let policy = StepPolicy(attempts: 100, backoff: .seconds(10), backoffCap: .seconds(10), total: .seconds(60))
        var play = try await Play([.plain("a", policy: policy)])
        var attempts = 1
        while play.state("a") != .rollingBack, attempts < 100 {
            try play.finish("a", .fails, after: .seconds(8))
            if play.state("a") == .retrying {
                play.clock.pass(.seconds(10))
                try play.lookAgain()
                attempts += 1
            }
        }
        #expect(attempts == 4)
    }

    @Test("goes on after a step that only warns, whether it failed in its run or before")
    func warns() async throws {
        var play = try await Play([.plain("a", failure: .warns), .plain("b", after: ["a"])])
        try play.finish("a", .failsForGood)
        #expect(play.state("a") == .warning && play.started == ["b"])
        #expect(play.move.advance.warnings == #"["a: it can't pass"]"#)
        try play.done("b")
        #expect(play.move.advance.moves == [.finished])
        let undrawn = try await Play([.plain("a", failure: .warns, drawFails: true), .plain("b", after: ["a"])])
        #expect(undrawn.state("a") == .warning && undrawn.started == ["b"])
    }

    @Test("fails where a step's values can't be drawn, and undoes the others")
    func drawFails() async throws {
        var play = try await Play([.plain("a"), .plain("b", after: ["a"], drawFails: true)])
        try play.done("a")
        #expect(play.move.advance.moves == [.failedForGood] && play.started == ["undo a"])
        try play.undone("a")
        #expect(play.move.advance.moves == [.undone] && play.state("b") == .failed)
    }

    @Test("waits where a breaker is open, without an attempt")
    func breaker() async throws {
        let opens = TestClockStart.boot + .seconds(7)
        var play = try await Play([.plain("a", service: "s"), .plain("b", after: ["a"])], opens: opens)
        guard case .waits(let due, .breakerOpen, "a") = play.move.advance.fate else {
            Issue.record("it doesn't wait: \(play.move.advance.fate)")
            return
        }
        #expect(due.delay == .seconds(7) && play.progress.record("a").attempt == 0)
        play.clock.pass(.seconds(7))
        try play.lookAgain { $0.state = .running }
        #expect(play.started == ["a"])
    }

    @Test("gives no attempt more time than its lease")
    func lease() async throws {
        let play = try await Play([.plain("a", policy: StepPolicy(timeout: .seconds(300), total: .seconds(900)))])
        #expect(play.move.starts.first?.attempt.deadline == play.clock.boot + .seconds(30))
    }

    private enum TestClockStart {
        static let boot = BootTime(milliseconds: 1_000_000)
    }
}
