// SPDX-License-Identifier: Apache-2.0
@testable import JobQueue
import Testing
@testable import Workflow

@Suite("A secret that a step draws")
struct SecretTests {
    @Test("is kept before the step runs, released by whoever says so, and destroyed by an undo")
    func life() async throws {
        var play = try await Play([.plain("key", secret: [1, 2]), .plain("open", after: ["key"]), .plain("end", after: ["open"])])
        #expect(play.move.advance.secret == [1, 2] && play.started == ["key"])
        try play.done("key")
        #expect(play.move.advance.secret == nil && !play.move.advance.releasesSecret)
        try play.finish("open", .done(StepResult(releasesSecret: true)))
        #expect(play.move.advance.releasesSecret)
        try play.finish("end", .failsForGood)
        #expect(!play.move.advance.destroysSecret)
        try play.undone("end")
        #expect(play.move.advance.destroysSecret)
    }

    @Test("is not drawn again by a second attempt")
    func once() async throws {
        var play = try await Play([.plain("key", secret: [1]), .plain("other")])
        try play.finish("key", .fails)
        play.clock.pass(.seconds(5))
        try play.lookAgain()
        #expect(play.started == ["key"] && play.move.advance.secret == nil)
    }
}
