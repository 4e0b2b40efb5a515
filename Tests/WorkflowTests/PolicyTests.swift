// SPDX-License-Identifier: Apache-2.0
import Testing
@testable import Workflow

@Suite("A step's policy")
struct PolicyTests {
    private let policy = StepPolicy(backoff: .seconds(1), backoffCap: .seconds(60))

    @Test("pauses from zero to the backoff doubled with each failure, at most the cap", arguments: 1...200)
    func pause(failures: Int) {
        let ceiling = min(Duration.seconds(1) * (1 << min(failures - 1, 30)), .seconds(60))
        #expect(policy.pause(after: failures, asked: nil, chance: 0) == .zero)
        let longest = policy.pause(after: failures, asked: nil, chance: 0.999_999)
        #expect(longest < ceiling && longest > ceiling * 0.999)
    }

    @Test("pauses as long as the service asked for, whatever its own bounds")
    func asked() {
        #expect(policy.pause(after: 1, asked: .seconds(3_600), chance: 0) == .seconds(3_600))
        #expect(policy.pause(after: 9, asked: .zero, chance: 1) == .zero)
    }

    @Test("bears any number of failures", arguments: [0, -1, 64, Int.max])
    func extremes(failures: Int) {
        #expect(policy.pause(after: failures, asked: nil, chance: 1) <= .seconds(60))
    }

    @Test("tries an undo as often as 24 hours allow, unless it says otherwise")
    func undo() {
        #expect(policy.forUndo.attempts == .max && policy.forUndo.total == .seconds(24 * 3_600))
        #expect(StepPolicy(undoTotal: .seconds(3)).forUndo.total == .seconds(3))
        #expect(policy.forUndo.timeout == policy.timeout)
    }
}
