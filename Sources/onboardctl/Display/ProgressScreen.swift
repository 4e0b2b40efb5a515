// SPDX-License-Identifier: Apache-2.0

/// A block of lines at the end of a terminal that is drawn over again at each change.
struct ProgressScreen {
    private let console: Console
    private var drawn = 0

    init(_ console: Console) {
        self.console = console
    }

    mutating func show(_ job: Job) throws(Failure) {
        let size = console.size
        // What has scrolled off the top cannot be drawn over.
        let lines = JobProgress.lines(job, width: size.columns).prefix(max(1, size.rows - 1))
        let up = drawn > 0 ? "\u{1B}[\(drawn)A" : ""
        let block = lines.map { "\r\u{1B}[2K\($0)\n" }.joined()
        try console.print(up + block + "\u{1B}[J", terminator: "")
        drawn = lines.count
    }

    /// Leaves the block as it is and begins a new one below at the next change.
    mutating func interrupt(_ notice: String) {
        console.complain(notice)
        drawn = 0
    }
}
