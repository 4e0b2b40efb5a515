// SPDX-License-Identifier: Apache-2.0
import Synchronization

/// Read-only connections of one file, each on its own serial queue, handed out to whoever waits first.
///
/// Keep reads short: while one runs, the write-ahead log cannot begin anew.
public final class ReaderPool: Sendable {
    typealias Reader = QueueConfined<Connection>
    typealias Read = @Sendable (Connection) -> Void

    private let desk: Mutex<Desk>

    /// Opens `count` connections, at least one. The file must be there: the writer makes it.
    public init(path: String, count: Int, vfs: String? = nil) throws(SQLiteError) {
        var readers: [Reader] = []
        for number in 0..<max(count, 1) {
            readers.append(Reader(try Connection(path: path, mode: .readOnly, vfs: vfs), label: "sqlite.reader.\(number)"))
        }
        desk = Mutex(Desk(idle: readers))
    }

    /// Runs `body` in one read transaction: all that it reads is of the same instant. No task thread waits. The read goes on if
    /// the calling task is cancelled.
    public func read<T: Sendable>(_ body: @escaping @Sendable (Connection) throws -> T) async throws -> T {
        try await withCheckedThrowingContinuation { continuation in
            let read: Read = { connection in
                continuation.resume(with: Result { try connection.snapshot { try body(connection) } })
            }
            if let reader = desk.withLock({ $0.reader(for: read) }) { start(read, on: reader) }
        }
    }

    private func start(_ read: @escaping Read, on reader: Reader) {
        reader.async { connection in
            read(connection)
            if let next = self.desk.withLock({ $0.next(for: reader) }) { self.start(next, on: reader) }
        }
    }
}

/// Who is free and who waits. Never both.
private struct Desk {
    var idle: [ReaderPool.Reader]
    private var waiting = Line<ReaderPool.Read>()

    init(idle: [ReaderPool.Reader]) {
        self.idle = idle
    }

    /// A reader that is free; if there is none, `read` has joined the line.
    mutating func reader(for read: @escaping ReaderPool.Read) -> ReaderPool.Reader? {
        let reader = idle.popLast()
        if reader == nil { waiting.join(read) }
        return reader
    }

    /// What `reader` is to do now; if nothing, it has become free.
    mutating func next(for reader: ReaderPool.Reader) -> ReaderPool.Read? {
        let read = waiting.serve()
        if read == nil { idle.append(reader) }
        return read
    }
}

/// First come, first served, each at constant cost.
private struct Line<Element> {
    private var back: [Element] = []
    private var front: [Element] = []

    mutating func join(_ element: Element) { back.append(element) }

    mutating func serve() -> Element? {
        if front.isEmpty {
            front = back.reversed()
            back.removeAll(keepingCapacity: true)
        }
        return front.popLast()
    }
}
