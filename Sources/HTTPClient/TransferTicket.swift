// SPDX-License-Identifier: Apache-2.0
import Synchronization

/// Stands for one `send` between the task that waits and the loop that works. The flag is there because a cancellation
/// may reach the loop before its transfer does.
final class TransferTicket: Sendable {
    private let cancelled = Atomic(false)

    var isCancelled: Bool { cancelled.load(ordering: .acquiring) }

    func cancel() {
        cancelled.store(true, ordering: .releasing)
    }
}
