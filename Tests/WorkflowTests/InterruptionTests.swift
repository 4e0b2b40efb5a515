// SPDX-License-Identifier: Apache-2.0
@testable import JobQueue
import Testing
@testable import Workflow

@Suite("A step under which daemons die")
struct InterruptionTests {
    private static let bound = RunProgress<String>.interruptionsBeforeFailure

    @Test("begins again with the same values, and the interruption is counted")
    func again() async throws {
        let play = try await Play([.plain("a")], records: [StepRecord("a", .running, begun: 1) { $0.attempt = 1 }])
        #expect(play.started == ["a"] && play.move.starts.first?.drawn == #"{"number":1}"#)
        #expect(play.progress.record("a").interruptions == 1 && play.progress.record("a").attempt == 2)
    }

    @Test("fails at the bound, and is undone")
    func bound() async throws {
        let record = StepRecord("a", .running, begun: 1) { $0.interruptions = Self.bound }
        let play = try await Play([.plain("a")], records: [record])
        #expect(play.move.advance.failures.first?.code == "interrupted_too_often")
        #expect(play.move.advance.moves == [.failedForGood] && play.started == ["undo a"])
    }

    @Test("is a leftover where it is its undo that kills them")
    func undo() async throws {
        let record = StepRecord("b", .rollingBack, begun: 2) { $0.interruptions = Self.bound }
        let play = try await Play(
            [.plain("a"), .plain("b")], state: .rollingBack, records: [StepRecord("a", .succeeded, begun: 1), record])
        #expect(play.state("b") == .rollbackFailed && play.started == ["undo a"])
    }

    @Test("is not taken for one that was retried often, by the policy or by hand")
    func attemptsAreNone() async throws {
        let record = StepRecord("a", .pending) { $0.attempt = 10 * Self.bound }
        #expect(try await Play([.plain("a")], records: [record]).started == ["a"])
    }
}
