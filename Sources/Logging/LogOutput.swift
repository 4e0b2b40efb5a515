// SPDX-License-Identifier: Apache-2.0
import Dispatch
import Synchronization
import Time

/// The one place where a program's events come together and are put out in order. Made once in `main`, which also
/// ignores SIGPIPE: a pipe without a reader must not end the daemon.
///
/// Logging only puts an event into a bounded backlog; a serial queue writes. While nothing is logged, there is no thread
/// and no timer.
public final class LogOutput: Sendable {
    /// So many routine events may wait, and as many others.
    public static let backlogLimit = 1_024

    private let time: TimeSource
    private let minimumPriority: Atomic<Int>
    private let backlog: Mutex<LogBacklog>
    private let writer: Mutex<LogWriter>
    private let queue = DispatchQueue(label: "log")

    public init(_ destination: LogDestination, level: LogLevel, time: TimeSource) {
        self.time = time
        minimumPriority = Atomic(level.priority)
        backlog = Mutex(LogBacklog(limit: Self.backlogLimit))
        writer = Mutex(LogWriter(destination))
    }

    /// Events below `level` are not logged, from now on.
    public func setLevel(_ level: LogLevel) {
        minimumPriority.store(level.priority, ordering: .relaxed)
    }

    /// Waits until all that was logged before is written, at most so long: a blocked receiver must not keep a stopping
    /// program.
    /// - Returns: whether it is all written.
    @discardableResult
    public func flush(within limit: Duration = .seconds(2)) -> Bool {
        let done = DispatchSemaphore(value: 0)
        queue.async { done.signal() }
        return done.wait(timeout: .now() + .milliseconds(Int(clamping: limit.wholeMilliseconds))) == .success
    }

    func takes(_ level: LogLevel) -> Bool {
        level.priority <= minimumPriority.load(ordering: .relaxed)
    }

    func append(_ level: LogLevel, _ name: StaticString, _ message: String, _ fields: [LogField]) {
        let event = LogEvent(time: time.wall(), level: level, name: name, message: message, fields: fields)
        let wasEmpty = backlog.withLock { backlog in
            defer { backlog.append(event) }
            return backlog.isEmpty
        }
        // Whoever ends the emptiness calls the writer; the others' events are taken along.
        if wasEmpty { queue.async { self.writeBacklog() } }
    }

    private func writeBacklog() {
        let (events, dropped) = backlog.withLock { $0.takeAll() }
        let lost = writer.withLock { writer in
            var lost = 0
            if dropped > 0, !writer.write(dropReport(dropped)) { lost += dropped }
            for event in events where !writer.write(event) { lost += 1 }
            return lost
        }
        if lost > 0 { backlog.withLock { $0.addDropped(lost) } }
    }

    private func dropReport(_ count: Int) -> LogEvent {
        LogEvent(
            time: time.wall(), level: .warning, name: "log.dropped",
            message: "events were dropped because they came faster than they could be written",
            fields: [LogField("dropped", count)])
    }
}
