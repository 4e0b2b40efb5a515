// SPDX-License-Identifier: Apache-2.0
import Glibc

/// The time and memory that one query of a caller may use. SQLite's own memory limit is one for the whole process, and
/// would hit the job store; so this looks at what the process has grown by since.
struct QueryBudget {
    private let end: ContinuousClock.Instant
    private let memory: Int?

    init(time: Duration) {
        end = .now + time
        memory = Self.residentBytes().map { $0 + Self.growth }
    }

    func isOver() -> Bool {
        if ContinuousClock.now >= end { return true }
        guard let memory, let now = Self.residentBytes() else { return false }
        return now > memory
    }

    private static let growth = 128 << 20

    /// Nil where /proc isn't mounted: then only the time is bounded.
    private static func residentBytes() -> Int? {
        let file = open("/proc/self/statm", O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var text = [UInt8](repeating: 0, count: 128)
        let count = read(file, &text, text.count)
        guard count > 0 else { return nil }
        let fields = String(decoding: text.prefix(count), as: UTF8.self).split(separator: " ")
        guard fields.count > 1, let pages = Int(fields[1]) else { return nil }
        return pages * Int(sysconf(Int32(_SC_PAGESIZE)))
    }
}
