// SPDX-License-Identifier: Apache-2.0
import Synchronization

/// What all connections of a server share.
final class Reception: Sendable {
    let service: any HTTPService
    let limits: HTTPLimits
    let suspended = SuspendedConnections()
    let inFlight = InFlight()
    let deadlines = Deadlines()
    let lingering = LingeringClose()
    let errands = Errands()
    let report: @Sendable (String) -> Void
    private let stopping = Atomic(false)

    init(service: any HTTPService, limits: HTTPLimits, report: @escaping @Sendable (String) -> Void) {
        self.service = service
        self.limits = limits
        self.report = report
    }

    /// From here on every answer ends its connection.
    var isStopping: Bool { stopping.load(ordering: .relaxed) }
    func beginStopping() { stopping.store(true, ordering: .relaxed) }

    func opened(_ connection: Connection) {
        errands.run(for: connection.socket)
        deadlines.add(connection)
        awaitHead(on: connection)
    }

    func awaitHead(on connection: Connection) {
        let deadline = Deadlines.now() + limits.receive
        // Of a kept connection the line that has now come was bounded too: see `awaitRequest`.
        deadlines.set(min(deadline, connection.deadline.load(ordering: .relaxed)), for: connection)
    }

    func awaitDelivery(on connection: Connection) {
        deadlines.set(Deadlines.now() + limits.deliver, for: connection)
    }

    /// A kept connection may rest for the idle time, which the library measures, and then take the receive time.
    /// The library does not tell when a line begins, only when it is there.
    func awaitRequest(on connection: Connection) {
        deadlines.set(Deadlines.now() + limits.idle + limits.receive, for: connection)
    }
}

extension HTTPLimits {
    /// The rest of a connection's memory is for the answer's head.
    var headSize: Int { perConnectionMemory * 3 / 4 }

    fileprivate var idle: UInt64 { UInt64(clamping: idleTimeoutSeconds) * 1_000_000_000 }
    fileprivate var receive: UInt64 { UInt64(clamping: receiveSeconds) * 1_000_000_000 }
    fileprivate var deliver: UInt64 { UInt64(clamping: deliverSeconds) * 1_000_000_000 }
}
