// SPDX-License-Identifier: Apache-2.0
import Synchronization

/// Counts what goes on at one time, up to a limit that may change meanwhile.
final class Slots: Sendable {
    private let taken = Mutex(0)

    /// - Returns: false where all are taken.
    func take(limit: Int) -> Bool {
        taken.withLock { taken in
            guard taken < limit else { return false }
            taken += 1
            return true
        }
    }

    func giveBack() { taken.withLock { $0 -= 1 } }
}
