// SPDX-License-Identifier: Apache-2.0

/// What waits to be written, oldest first: at most `limit` routine events (debug, info) and as many others. When more
/// come, the oldest of its kind goes and is counted.
struct LogBacklog: Sendable {
    private var routine: Ring, important: Ring
    private var next: UInt64 = 0
    /// Events that were given up since they were last reported.
    private(set) var dropped = 0

    init(limit: Int) {
        routine = Ring(limit: limit)
        important = Ring(limit: limit)
    }

    var isEmpty: Bool { routine.entries.isEmpty && important.entries.isEmpty }

    mutating func append(_ event: LogEvent) {
        let entry = Entry(order: next, event: event)
        next += 1
        let fits = event.level.isRoutine ? routine.append(entry) : important.append(entry)
        if !fits { dropped += 1 }
    }

    /// Counts events that were taken out but could not be written.
    mutating func addDropped(_ count: Int) { dropped += count }

    /// All that waits, in the order in which it was logged, and how many are missing.
    mutating func takeAll() -> (events: [LogEvent], dropped: Int) {
        let entries = (routine.takeAll() + important.takeAll()).sorted { $0.order < $1.order }
        defer { dropped = 0 }
        return (entries.map(\.event), dropped)
    }

    private struct Entry: Sendable {
        let order: UInt64
        let event: LogEvent
    }

    /// An array that writes over its oldest entry when it is full.
    private struct Ring: Sendable {
        let limit: Int
        private(set) var entries: [Entry] = []
        private var oldest = 0

        init(limit: Int) { self.limit = limit }

        /// False when it took an older entry's place.
        mutating func append(_ entry: Entry) -> Bool {
            if entries.count < limit {
                entries.append(entry)
                return true
            }
            entries[oldest] = entry
            oldest = (oldest + 1) % limit
            return false
        }

        mutating func takeAll() -> [Entry] {
            defer { self = Ring(limit: limit) }
            return entries
        }
    }
}
