// SPDX-License-Identifier: Apache-2.0
import Dispatch
import Glibc
import Synchronization

/// Keeps a connection's receiving side open for a moment after an answer that came before the request's end
/// (RFC 9112, 9.6). The library closes at once; with bytes unread the kernel then sends a reset, and a client that is
/// still sending may never read why it was refused.
final class LingeringClose: Sendable {
    /// What is read and thrown away of one connection at most.
    private static let byteLimit = 4 << 20
    private static let duration = DispatchTimeInterval.seconds(2)
    /// More than so many at a time are closed without.
    private static let countLimit = 64

    private let count = Mutex(0)
    private let queue = DispatchQueue(label: "onboardd.http.linger")

    /// Before the library closes `socket`, of which this keeps a duplicate. The library ends the sending side.
    func begin(_ socket: Int32) {
        let isWithinLimit = count.withLock { count in
            guard count < Self.countLimit else { return false }
            count += 1
            return true
        }
        guard isWithinLimit else { return }
        let duplicate = fcntl(socket, F_DUPFD_CLOEXEC, 0)
        guard duplicate >= 0 else { return end() }
        let source = DispatchSource.makeReadSource(fileDescriptor: duplicate, queue: queue)
        let timer = DispatchSource.makeTimerSource(queue: queue)
        var left = Self.byteLimit
        source.setEventHandler {
            left -= Self.discard(duplicate)
            if left <= 0 { source.cancel() }
        }
        source.setCancelHandler { [self] in
            timer.cancel()
            close(duplicate)
            end()
        }
        timer.setEventHandler { source.cancel() }
        timer.schedule(deadline: .now() + Self.duration)
        timer.activate()
        source.activate()
    }

    private func end() {
        count.withLock { $0 -= 1 }
    }

    /// Bytes thrown away; the whole limit at the end of the connection.
    private static func discard(_ socket: Int32) -> Int {
        withUnsafeTemporaryAllocation(byteCount: 65536, alignment: 1) { buffer in
            let count = recv(socket, buffer.baseAddress, buffer.count, Int32(MSG_DONTWAIT))
            if count > 0 { return count }
            return count < 0 && (errno == EAGAIN || errno == EINTR) ? 0 : byteLimit
        }
    }
}
