// SPDX-License-Identifier: Apache-2.0
import JobQueue
import Time

extension WorkerPool {
    private static let probePatience = Duration.seconds(1)

    /// Why no worker answers; nil where one does.
    func trouble(time: TimeSource) async -> String? {
        let (answers, answer) = AsyncStream.makeStream(of: String?.self, bufferingPolicy: .bufferingOldest(1))
        Task(executorPreference: self) { answer.yield(nil) }
        let late = Task {
            do { try await time.sleep(Self.probePatience) } catch { return }
            answer.yield("no answer within \(Self.probePatience)")
        }
        defer { late.cancel() }
        for await first in answers { return first }
        return nil
    }
}
