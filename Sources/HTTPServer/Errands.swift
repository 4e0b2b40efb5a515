// SPDX-License-Identifier: Apache-2.0
import Synchronization

/// Work for the daemon's thread. The library has no way to run a function there, but it tells that thread of each
/// connection that opens, also of one handed to `MHD_add_connection`: an errand waits for a socket made for it.
final class Errands: Sendable {
    private let waiting = Mutex<[Int32: @Sendable () -> Void]>([:])

    func add(for socket: Int32, _ work: @escaping @Sendable () -> Void) {
        waiting.withLock { $0[socket] = work }
    }

    /// Runs what waits for `socket`, once.
    func run(for socket: Int32) {
        let work = waiting.withLock { $0.removeValue(forKey: socket) }
        work?()
    }
}
