// SPDX-License-Identifier: Apache-2.0
import Testing
import Time

@testable import Logging

@Suite struct LogBacklogTests {
    @Test("keeps what fits, in order")
    func order() {
        var backlog = LogBacklog(limit: 3)
        for (index, level) in [LogLevel.info, .error, .debug, .warning, .info].enumerated() { backlog.append(event(index, level)) }
        let taken = backlog.takeAll()
        #expect(taken.events.map(\.message) == ["0", "1", "2", "3", "4"])
        #expect(taken.dropped == 0)
        #expect(backlog.isEmpty)
    }

    @Test("drops the oldest debug and info events first and counts them")
    func dropsRoutine() {
        var backlog = LogBacklog(limit: 3)
        backlog.append(event(0, .error))
        for index in 1...8 { backlog.append(event(index, index.isMultiple(of: 2) ? .debug : .info)) }
        let taken = backlog.takeAll()
        #expect(taken.events.map(\.message) == ["0", "6", "7", "8"])
        #expect(taken.dropped == 5)
        #expect(backlog.takeAll().dropped == 0)
    }

    @Test("is bounded for errors too")
    func dropsErrors() {
        var backlog = LogBacklog(limit: 3)
        for index in 0..<10 { backlog.append(event(index, .error)) }
        let taken = backlog.takeAll()
        #expect(taken.events.map(\.message) == ["7", "8", "9"])
        #expect(taken.dropped == 7)
    }

    private func event(_ index: Int, _ level: LogLevel) -> LogEvent {
        LogEvent(time: .earliest, level: level, name: "test", message: String(index), fields: [])
    }
}
