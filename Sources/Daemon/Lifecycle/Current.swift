// SPDX-License-Identifier: Apache-2.0
import Synchronization

/// A value as of now, shared by many: a reload takes its place.
final class Current<Value: Sendable>: Sendable {
    private let current: Mutex<Value>

    init(_ value: Value) { current = Mutex(value) }

    var value: Value {
        get { current.withLock { $0 } }
        set { current.withLock { $0 = newValue } }
    }
}
