// SPDX-License-Identifier: Apache-2.0
import Dispatch
import Synchronization

/// A fixed number of serial queues for calls that block on files. Work goes to a queue that is idle, else waits in line:
/// a slow disk holds up who waits for it, and never a thread of the callers.
final class FileQueues: Sendable {
    typealias Work = @Sendable () -> Void

    private let desk: Mutex<Desk>

    init(count: Int, label: String) {
        desk = Mutex(Desk(idle: (0..<max(count, 1)).map { DispatchQueue(label: "\(label).\($0)") }))
    }

    /// Goes on if the calling task is cancelled: what it does to files is then done, or fails, as a whole.
    func run<T: Sendable>(_ body: @escaping @Sendable () throws -> T) async throws -> T {
        try await withCheckedThrowingContinuation { continuation in
            submit { continuation.resume(with: Result { try body() }) }
        }
    }

    /// As `run`, for work that may leave its answer to another thread.
    func submit(_ work: @escaping Work) {
        guard let queue = desk.withLock({ $0.queue(for: work) }) else { return }
        start(work, on: queue)
    }

    private func start(_ work: @escaping Work, on queue: DispatchQueue) {
        queue.async {
            work()
            if let next = self.desk.withLock({ $0.next(for: queue) }) { self.start(next, on: queue) }
        }
    }
}

/// Which queues are idle, and what waits. Never both.
private struct Desk {
    var idle: [DispatchQueue]
    private var waiting: [FileQueues.Work] = []
    /// Before it, `waiting` has been served.
    private var served = 0

    init(idle: [DispatchQueue]) {
        self.idle = idle
    }

    /// An idle queue; if there is none, `work` has joined the line.
    mutating func queue(for work: @escaping FileQueues.Work) -> DispatchQueue? {
        let queue = idle.popLast()
        if queue == nil { waiting.append(work) }
        return queue
    }

    /// What `queue` does now; if nothing, it has become idle.
    mutating func next(for queue: DispatchQueue) -> FileQueues.Work? {
        guard served < waiting.count else {
            idle.append(queue)
            return nil
        }
        let work = waiting[served]
        served += 1
        if served > 64, served > waiting.count / 2 {
            waiting.removeFirst(served)
            served = 0
        }
        return work
    }
}
