// SPDX-License-Identifier: Apache-2.0

/// Where clients find a daemon that is killed again and again, and the journal of what it acknowledged.
actor Front {
    private let home: Home
    private var daemon: DaemonProcess
    /// Which life of the daemon this is.
    private var life = 0
    private var waiting: [CheckedContinuation<Void, Never>] = []
    private var deaths: [Int]
    private(set) var journal: [String: String] = [:]

    /// - Parameter deaths: how many acknowledgements each death comes after.
    init(_ home: Home, deaths: [Int]) async throws {
        self.home = home
        self.deaths = deaths
        daemon = try await DaemonProcess.start(home)
    }

    var lives: Int { life + 1 }

    /// A client of the daemon's first life behind `dead`.
    func client(behind dead: Int = -1) async -> (client: Client, life: Int) {
        while life <= dead { await withCheckedContinuation { waiting.append($0) } }
        return (daemon.client, life)
    }

    func acknowledged(_ tenant: String, by job: String) async throws {
        journal[tenant] = job
        guard let next = deaths.first, journal.count >= next else { return }
        deaths.removeFirst()
        try await daemon.kill()
        for path in [home.jobStore, home.central] {
            guard try home.isIntact(path) else { throw ChildProcess.Failure(description: "\(path) is damaged after a kill") }
        }
        daemon = try await DaemonProcess.start(home)
        life += 1
        waiting.forEach { $0.resume() }
        waiting = []
    }

    func stop() async throws -> Int32 { try await daemon.stop() }
}
