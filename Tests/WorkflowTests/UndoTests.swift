// SPDX-License-Identifier: Apache-2.0
@testable import JobQueue
import Testing
import Time
@testable import Workflow

@Suite("A job that goes back")
struct UndoTests {
    private static let chain: [StepDefinition<String>] = [
        .traceless("check"), .plain("a", after: ["check"]), .plain("b", after: ["a"]), .plain("c", after: ["b"]),
    ]

    private static let inTheMiddle = [
        StepRecord("check", .succeeded, begun: 1), StepRecord("a", .succeeded, begun: 2), StepRecord("b", .running, begun: 3),
    ]

    @Test("undoes what a killed process may have done, the latest first, and nothing of what leaves no trace")
    func cancelledInTheMiddle() async throws {
        var play = try await Play(Self.chain, records: Self.inTheMiddle, cancelRequested: true)
        #expect(play.move.advance.moves == [.cancelAsked] && play.started == ["undo b"])
        try play.undone("b", "a")
        #expect(play.move.advance.moves == [.undoneOnRequest] && play.move.advance.fate == .ended)
        #expect(play.state("check") == .succeeded && play.state("c") == .skipped)
    }

    @Test("goes on where the undo was")
    func resumed() async throws {
        let records = Self.inTheMiddle.dropLast() + [StepRecord("b", .rolledBack, begun: 3)]
        var play = try await Play(Self.chain, state: .rollingBack, records: Array(records))
        #expect(play.started == ["undo a"])
        try play.undone("a")
        #expect(play.move.advance.moves == [.undone])
    }

    @Test("tries an undo again in the step's rhythm, up to its own time, and then names what is left")
    func leftovers() async throws {
        let policy = StepPolicy(backoff: .seconds(60), backoffCap: .seconds(60), undoTotal: .seconds(200))
        var play = try await Play(
            [.plain("a", policy: policy), .plain("b", after: ["a"])], state: .rollingBack,
            records: [StepRecord("a", .succeeded, begun: 1), StepRecord("b", .failed, begun: 2)])
        try play.undone("b")
        for pause in [60, 120] {
            try play.finish("a", .fails)
            guard case .waits(let due, .retry, "a") = play.move.advance.fate else {
                Issue.record("it doesn't wait: \(play.move.advance.fate)")
                return
            }
            #expect(due.delay == .seconds(pause) && play.move.advance.failures.first?.direction == .undo)
            play.clock.pass(due.delay)
            try play.lookAgain()
            #expect(play.started == ["undo a"])
        }
        try play.finish("a", .fails)
        #expect(play.state("a") == .rollbackFailed && play.move.advance.moves == [.undone])
        #expect(play.move.advance.leftovers?.contains(#""step":"a""#) == true)
    }

    @Test("undoes the others where one undo fails for good")
    func goesOn() async throws {
        var play = try await Play(Self.chain, records: Self.inTheMiddle, cancelRequested: true)
        try play.finish("b", .failsForGood)
        #expect(play.started == ["undo a"])
        try play.undone("a")
        #expect(play.move.advance.leftovers?.contains(#""step":"b""#) == true)
        #expect(play.move.advance.moves == [.undoneOnRequest])
    }

    @Test("finishes a former run's undo first, then begins anew")
    func lateUndo() async throws {
        let records = [
            StepRecord("check", .pending), StepRecord("a", .rollbackFailed, begun: 2), StepRecord("b", .rollbackFailed, begun: 3),
        ]
        var play = try await Play(Self.chain, records: records)
        #expect(play.started == ["undo b"])
        try play.undone("b")
        #expect(play.started == ["undo a"])
        try play.undone("a")
        #expect(play.started == ["check"])
        #expect(play.state("a") == .pending && play.progress.record("a").drawn == nil)
    }

    @Test("fails again where a former run's undo can't be finished")
    func lateUndoFails() async throws {
        var play = try await Play(Self.chain, records: [StepRecord("a", .rollbackFailed, begun: 2)])
        try play.finish("a", .failsForGood)
        #expect(play.move.advance.moves == [.failedForGood, .undone])
        #expect(play.move.advance.leftovers?.contains(#""step":"a""#) == true)
    }

    @Test("is handed back when the daemon stops, and goes on as if nothing had been")
    func drained() async throws {
        var play = try await Play(Self.chain, records: Self.inTheMiddle, cancelRequested: true)
        try play.lookAgain { $0.isDraining = true }
        #expect(play.move.advance.fate == .held)
        try play.finish("b", .givenUp)
        #expect(play.move.advance.fate == .handedBack && play.state("b") == .rollingBack)
        try play.lookAgain { $0.isDraining = false }
        #expect(play.started == ["undo b"] && play.progress.record("b").interruptions == 0)
    }
}
