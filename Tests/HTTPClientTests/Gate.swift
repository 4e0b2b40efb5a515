// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Holds threads until `count` have come.
final class Gate: @unchecked Sendable {
    // @unchecked because `left` is guarded by `condition`.
    private let condition = NSCondition()
    private var left: Int

    init(count: Int) {
        left = count
    }

    func arriveAndWait() {
        condition.withLock {
            left -= 1
            condition.broadcast()
            while left > 0 { condition.wait() }
        }
    }
}
