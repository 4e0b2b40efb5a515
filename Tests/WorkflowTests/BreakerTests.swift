// SPDX-License-Identifier: Apache-2.0
import TestSupport
import Testing
import Time
@testable import Workflow

@Suite("A breaker")
struct BreakerTests {
    private let policy = BreakerState.Policy(failures: 3, window: .seconds(30), open: .seconds(15))
    private let start = BootTime(milliseconds: 50_000)

    private func opened() -> BreakerState {
        var breaker = BreakerState()
        for second in 0..<3 { breaker.failed(at: start + .seconds(second), policy) }
        return breaker
    }

    @Test("opens after so many failures within its window, and says when to ask again")
    func opens() {
        var breaker = opened()
        #expect(breaker.phase == .open(until: start + .seconds(17)))
        #expect(breaker.admit(at: start + .seconds(16), policy) == start + .seconds(17))
    }

    @Test("stays closed where failures lie further apart than its window, or a success between them")
    func closed() {
        var breaker = BreakerState()
        for round in 0..<10 { breaker.failed(at: start + .seconds(round * 16), policy) }
        #expect(breaker.admit(at: start + .seconds(200), policy) == nil)
        breaker.succeeded()
        breaker.failed(at: start + .seconds(145), policy)
        breaker.succeeded()
        breaker.failed(at: start + .seconds(146), policy)
        #expect(breaker.phase == .closed(failures: [start + .seconds(146)]))
    }

    @Test("lets one probe through when it was open long enough; the others ask again soon")
    func halfOpen() {
        var breaker = opened()
        let later = start + .seconds(17)
        #expect(breaker.admit(at: later, policy) == nil)
        #expect(breaker.phase == .halfOpen(until: later + .seconds(15)))
        #expect(breaker.admit(at: later, policy) == later + .seconds(1))
    }

    @Test("closes when the probe succeeds, opens again when it fails, and sends another if nothing is heard of it")
    func probe() {
        let later = start + .seconds(17)
        var breaker = opened()
        _ = breaker.admit(at: later, policy)
        var closed = breaker, reopened = breaker
        closed.succeeded()
        #expect(closed.admit(at: later, policy) == nil && closed.phase == .closed(failures: []))
        reopened.failed(at: later + .seconds(2), policy)
        #expect(reopened.phase == .open(until: later + .seconds(17)))
        #expect(breaker.admit(at: later + .seconds(15), policy) == nil)
    }

    @Test("is not held open longer by calls that were underway when it opened")
    func late() {
        var breaker = opened()
        breaker.failed(at: start + .seconds(10), policy)
        #expect(breaker.phase == .open(until: start + .seconds(17)))
    }

    @Test("belongs to one service")
    func board() {
        let clock = TestClock()
        let board = BreakerBoard(policy: .init(failures: 1), time: clock.source)
        board.failed("down")
        #expect(board.admit("down") == clock.boot + .seconds(15) && board.admit("up") == nil)
        board.succeeded("down")
        #expect(board.admit("down") != nil, "a call that began before it opened says nothing")
        clock.pass(.seconds(15))
        #expect(board.admit("down") == nil)
        board.succeeded("down")
        #expect(board.phase(of: "down") == .closed(failures: []))
    }
}
