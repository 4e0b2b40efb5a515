// SPDX-License-Identifier: Apache-2.0
import Dispatch
import Synchronization

/// Holds one operation on its queue until the test opens.
final class Gate: Sendable {
    private let opened = DispatchSemaphore(value: 0)
    private let arrivals: AsyncStream<Void>
    private let arrival: AsyncStream<Void>.Continuation

    init() {
        (arrivals, arrival) = AsyncStream.makeStream()
    }

    /// Called by the operation: says that it is there, and waits.
    func reach() {
        arrival.yield()
        opened.wait()
    }

    func reached() async {
        for await _ in arrivals { return }
    }

    func open() { opened.signal() }
}

/// What callbacks on other threads have handed over, in order.
final class Collected<Element: Sendable>: Sendable {
    private let elements = Mutex<[Element]>([])

    func append(_ element: Element) { elements.withLock { $0.append(element) } }

    var all: [Element] { elements.withLock { $0 } }
}
