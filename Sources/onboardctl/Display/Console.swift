// SPDX-License-Identifier: Apache-2.0
import Glibc

/// Standard output and error, and what they can show.
struct Console: Sendable {
    /// True only where standard output is a terminal and nobody said `NO_COLOR` (no-color.org): colours, moving
    /// progress and words for people. Otherwise the output is plain, for scripts.
    let isRich: Bool

    init(environment: [String: String]) {
        let refused = environment["NO_COLOR"]?.isEmpty == false || environment["TERM"] == "dumb"
        isRich = isatty(STDOUT_FILENO) == 1 && !refused
    }

    struct Size: Sendable {
        let columns: Int
        let rows: Int
    }

    /// Asked each time, because windows change.
    var size: Size {
        var window = winsize()
        guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &window) == 0, window.ws_col > 0, window.ws_row > 0 else {
            return Size(columns: 80, rows: 24)
        }
        return Size(columns: Int(window.ws_col), rows: Int(window.ws_row))
    }

    /// - Throws: ``Failure/output(_:)``, when the reader is gone or the disk is full: the command has failed then.
    func print(_ text: String, terminator: String = "\n") throws(Failure) {
        guard Self.write(text + terminator, to: STDOUT_FILENO) else {
            throw .output("cannot write to standard output: \(String(cString: strerror(errno)))")
        }
    }

    /// To stderr. Where even that is gone there is nobody left to tell.
    func complain(_ text: String) {
        _ = Self.write(text + "\n", to: STDERR_FILENO)
    }

    private static func write(_ text: String, to descriptor: Int32) -> Bool {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }
}
