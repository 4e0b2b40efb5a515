// SPDX-License-Identifier: Apache-2.0
import Dispatch
import Glibc
import Synchronization

/// Ends connections whose deadline has passed, which libmicrohttpd can't: its time-out starts anew with every byte.
///
/// A sweep shuts the socket down, so the daemon's thread reads an end of file and closes it. That is sound because a
/// connection leaves this table, under its lock, before the library closes the descriptor: a number that was given out
/// again is never hit. No timer runs while no connection has a deadline; setting one costs a clock read and a store.
final class Deadlines: Sendable {
    /// Sweeps lie at least so far apart: a deadline is kept to this precision.
    private static let precision: UInt64 = 100_000_000

    private let connections = Mutex<[ObjectIdentifier: Connection]>([:])
    /// When the next sweep comes; `.max` when none is due.
    private let nextSweep = Atomic<UInt64>(.max)
    private let queue = DispatchQueue(label: "onboardd.http.deadlines")

    static func now() -> UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }

    func add(_ connection: Connection) {
        connections.withLock { $0[ObjectIdentifier(connection)] = connection }
    }

    /// Before the library closes the connection's socket.
    func remove(_ connection: Connection) {
        connections.withLock { _ = $0.removeValue(forKey: ObjectIdentifier(connection)) }
    }

    func set(_ deadline: UInt64, for connection: Connection) {
        connection.deadline.store(deadline, ordering: .sequentiallyConsistent)
        if deadline < nextSweep.load(ordering: .sequentiallyConsistent) { arm(deadline) }
    }

    func clear(_ connection: Connection) {
        connection.deadline.store(.max, ordering: .relaxed)
    }

    private func arm(_ time: UInt64) {
        guard time < nextSweep.min(time, ordering: .sequentiallyConsistent).oldValue else { return }
        let now = Self.now()
        let delay = DispatchTimeInterval.nanoseconds(Int(clamping: time > now ? time - now : 0))
        queue.asyncAfter(deadline: .now() + delay) { [weak self] in self?.sweep() }
    }

    private func sweep() {
        // First: a deadline set from here on arms a sweep of its own, or is seen below.
        nextSweep.store(.max, ordering: .sequentiallyConsistent)
        let now = Self.now()
        let next = connections.withLock { connections in
            var next = UInt64.max
            for connection in connections.values {
                let deadline = connection.deadline.load(ordering: .sequentiallyConsistent)
                if deadline <= now {
                    connection.deadline.store(.max, ordering: .relaxed)
                    shutdown(connection.socket, Int32(SHUT_RDWR))
                } else {
                    next = min(next, deadline)
                }
            }
            return next
        }
        if next != .max { arm(max(next, now + Self.precision)) }
    }
}
