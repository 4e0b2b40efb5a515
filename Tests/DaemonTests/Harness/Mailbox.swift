// SPDX-License-Identifier: Apache-2.0
import Dispatch
import Synchronization

/// What came from elsewhere, in order: lines of a log, datagrams, an exit status. A test waits for the item that it needs.
final class Mailbox<Item: Sendable>: Sendable {
    struct Missing: Error, CustomStringConvertible {
        let description: String
    }

    private struct Reader {
        let fits: @Sendable (Item) -> Bool
        let continuation: CheckedContinuation<Item, any Error>
    }

    private struct State {
        var items: [Item] = []
        var isClosed = false
        var readers: [Int: Reader] = [:]
        var nextReader = 0
    }

    /// Long enough for a busy machine; a test that waits so long has failed.
    static var patience: Int { 60 }

    private let what: String
    private let state = Mutex(State())

    init(_ what: String) { self.what = what }

    var items: [Item] { state.withLock { $0.items } }

    func append(_ item: Item) {
        let served = state.withLock { state in
            state.items.append(item)
            let served = state.readers.filter { $0.value.fits(item) }
            for number in served.keys { state.readers[number] = nil }
            return served.values.map(\.continuation)
        }
        served.forEach { $0.resume(returning: item) }
    }

    /// Nothing comes any more.
    func close() {
        let disappointed = state.withLock { state in
            state.isClosed = true
            defer { state.readers = [:] }
            return state.readers.values.map(\.continuation)
        }
        disappointed.forEach { $0.resume(throwing: missing("ended")) }
    }

    /// The first item behind the first `start` ones that fits, as soon as it is there.
    func first(after start: Int = 0, where fits: @escaping @Sendable (Item) -> Bool = { _ in true }) async throws -> Item {
        try await withCheckedThrowingContinuation { continuation in
            let (found, isClosed, number) = state.withLock { state -> (Item?, Bool, Int) in
                let found = state.items.dropFirst(start).first(where: fits)
                state.nextReader += 1
                if found == nil, !state.isClosed { state.readers[state.nextReader] = Reader(fits: fits, continuation: continuation) }
                return (found, state.isClosed, state.nextReader)
            }
            if let found { return continuation.resume(returning: found) }
            if isClosed { return continuation.resume(throwing: missing("had ended")) }
            DispatchQueue.global().asyncAfter(deadline: .now() + .seconds(Self.patience)) { self.giveUp(number) }
        }
    }

    private func giveUp(_ number: Int) {
        let reader = state.withLock { $0.readers.removeValue(forKey: number) }
        reader?.continuation.resume(throwing: missing("brought nothing that fits within \(Self.patience) s"))
    }

    private func missing(_ how: String) -> Missing { Missing(description: "\(what) \(how); it brought: \(items)") }
}
