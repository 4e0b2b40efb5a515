// SPDX-License-Identifier: Apache-2.0
@testable import JobQueue
import Testing
@testable import Workflow

@Suite("A cancelled job")
struct CancelTests {
    @Test("waits for the steps in hand, not for those that wait")
    func inHand() async throws {
        var play = try await Play([.plain("a"), .plain("b")])
        try play.finish("a", .fails)
        try play.lookAgain { $0.cancelKnown = true }
        #expect(!play.move.isChange && play.move.wakeAt == nil)
        try play.done("b")
        #expect(play.move.advance.moves == [.cancelAsked] && play.move.advance.knownCancel)
        #expect(play.started == ["undo b"])
        try play.undone("b", "a")
        #expect(play.move.advance.moves == [.undoneOnRequest])
    }

    @Test("passes the point of no return in the commit in which that step begins")
    func point() async throws {
        var play = try await Play([.plain("a"), .plain("point", after: ["a"], point: true)])
        #expect(!play.move.advance.passesPoint)
        try play.done("a")
        #expect(play.started == ["point"] && play.move.advance.passesPoint)
    }
}
