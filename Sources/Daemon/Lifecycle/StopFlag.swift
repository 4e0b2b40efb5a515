// SPDX-License-Identifier: Apache-2.0
import Synchronization

/// Set once, when the daemon begins to stop.
final class StopFlag: Sendable {
    private let flag = Atomic(false)

    var isSet: Bool { flag.load(ordering: .acquiring) }
    func set() { flag.store(true, ordering: .releasing) }
}
