// SPDX-License-Identifier: Apache-2.0
import Dispatch
import Synchronization

/// The workers: a fixed number of serial Dispatch queues that run the steps' async functions. A step that waits for the
/// network or a disk holds none of them.
public final class WorkerPool: TaskExecutor {
    private let queues: [DispatchQueue]
    private let next = Atomic<Int>(0)

    public init(count: Int) {
        queues = (0..<max(count, 1)).map { DispatchQueue(label: "onboardd.worker.\($0)") }
    }

    public func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let turn = next.wrappingAdd(1, ordering: .relaxed).newValue
        queues[Int(UInt(bitPattern: turn) % UInt(queues.count))].async {
            job.runSynchronously(on: self.asUnownedTaskExecutor())
        }
    }
}
