// SPDX-License-Identifier: Apache-2.0
import Glibc

/// A pipe in the place of stderr. Both ends are closed with it.
final class LogPipe {
    let readEnd: Int32, writeEnd: Int32
    private var unread: ArraySlice<UInt8> = []

    init() {
        var ends: [Int32] = [-1, -1]
        precondition(pipe(&ends) == 0)
        (readEnd, writeEnd) = (ends[0], ends[1])
    }

    deinit {
        close(readEnd)
        close(writeEnd)
    }

    /// The next `count` lines; fewer only at the end. Blocks until they have come.
    func lines(_ count: Int) -> [String] {
        (0..<count).compactMap { _ in nextLine() }
    }

    private func nextLine() -> String? {
        while true {
            if let end = unread.firstIndex(of: UInt8(ascii: "\n")) {
                defer { unread = unread[(end + 1)...] }
                return String(decoding: unread[..<end], as: UTF8.self)
            }
            var buffer = [UInt8](repeating: 0, count: 4_096)
            let got = read(readEnd, &buffer, buffer.count)
            guard got > 0 else { return nil }
            unread = unread + buffer[..<got]
        }
    }
}
