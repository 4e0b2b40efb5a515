// SPDX-License-Identifier: Apache-2.0
import Dispatch
import Logging
import Time

/// Claims jobs while there is room for them and sees that they are worked on: it is woken by what the store changes and
/// by one alarm for what is due next, and does nothing in between.
public actor Dispatcher {
    public struct Limits: Sendable, Equatable {
        /// Jobs in work at once.
        public var inFlight: Int
        /// The same for single kinds.
        public var byKind: [String: Int]

        public init(inFlight: Int, byKind: [String: Int] = [:]) {
            self.inFlight = inFlight
            self.byKind = byKind
        }
    }

    private struct Run {
        let claim: Claim
        let kind: String
        let control: RunControl
    }

    /// Jobs claimed in one transaction.
    private static let claimBatch = 64
    /// The pause before the store is asked again after it failed.
    private static let troublePause = Duration.seconds(1)

    private let store: JobStore
    private let handlers: [String: any JobHandler]
    private let executor: any TaskExecutor
    private let time: TimeSource
    private let log: Logger
    private var limits: Limits
    private var drain = DrainState.working
    private var runs: [Int64: Run] = [:]
    private var isClaiming = false
    private var claimAgain = false
    private var alarm: Alarm?
    private var nextDue = NextDue()
    private var renewal: Task<Void, Never>?
    private var whenEmpty: [CheckedContinuation<Void, Never>] = []

    public init(
        store: JobStore, handlers: [any JobHandler], limits: Limits, executor: any TaskExecutor, time: TimeSource, log: Logger
    ) {
        self.store = store
        self.handlers = Dictionary(uniqueKeysWithValues: handlers.map { ($0.kind, $0) })
        self.limits = limits
        self.executor = executor
        self.time = time
        self.log = log
    }

    public func start() throws {
        alarm = try Alarm(onQueue: DispatchQueue(label: "onboardd.due")) { [weak self] in
            Task { await self?.moveDue() }
        }
        store.changes.subscribe { [weak self] changes in
            guard changes.someReady || changes.nextDue != NextDue() || !changes.cancelled.isEmpty else { return }
            Task { await self?.storeChanged(changes) }
        }
        Task { await moveDue() }
        Task { await claim() }
    }

    public func setLimits(_ limits: Limits) async {
        self.limits = limits
        await claim()
    }

    /// Claims nothing more, lets the steps in hand finish for at most `duration`, and returns when all is handed back.
    public func stop(within duration: Duration) async {
        drain = drain.after(.stopAsked)
        alarm?.set(boot: nil)
        alarm?.set(wall: nil)
        for run in runs.values { run.control.notify(.drain) }
        let deadline = Task { [time] in
            try await time.sleep(duration)
            self.giveUp()
        }
        if !runs.isEmpty || isClaiming { await withCheckedContinuation { whenEmpty.append($0) } }
        deadline.cancel()
        renewal?.cancel()
        drain = drain.after(.allHandedBack)
    }

    private func giveUp() {
        drain = drain.after(.timeOver)
        for run in runs.values { run.control.notify(.giveUp) }
    }
}

extension Dispatcher {
    private func storeChanged(_ changes: StoreChanges) async {
        for seq in changes.cancelled { runs[seq]?.control.notify(.cancelRequested) }
        arm(changes.nextDue)
        if changes.someReady { await claim() }
    }

    /// One claim at a time; what becomes ready meanwhile is claimed right after.
    private func claim() async {
        guard !isClaiming else {
            claimAgain = true
            return
        }
        isClaiming = true
        repeat {
            claimAgain = false
            guard let room, await claimOnce(room) else { break }
        } while drain.claims
        isClaiming = false
        if claimAgain, drain.claims, room != nil { Task { await claim() } }
        releaseIfEmpty()
    }

    private var room: Room? {
        let free = min(limits.inFlight - runs.count, Self.claimBatch)
        guard drain.claims, free > 0 else { return nil }
        let used = Dictionary(grouping: runs.values, by: \.kind).mapValues(\.count)
        let byKind = handlers.keys.reduce(into: [:]) { room, kind in
            room[kind] = max((limits.byKind[kind] ?? limits.inFlight) - (used[kind] ?? 0), 0)
        }
        return Room(byKind: byKind, total: free)
    }

    /// - Returns: whether it is worth to ask again at once.
    private func claimOnce(_ room: Room) async -> Bool {
        do {
            let claimed = try await store.claim(room) { [handlers] job in
                handlers[job.job.kind]?.begin(job) ?? Beginning(advance: nil, work: { _ in })
            }
            for (job, beginning) in claimed { work(on: job, beginning) }
            return claimed.count == room.total || claimAgain
        } catch {
            log.error("claim.failed", "cannot claim jobs: \(error); trying again in \(Self.troublePause)")
            arm(NextDue(boot: time.boot() + Self.troublePause))
            return false
        }
    }

    private func work(on job: ClaimedJob, _ beginning: Beginning) {
        let run = Run(claim: job.claim, kind: job.job.kind, control: RunControl())
        runs.updateValue(run, forKey: job.claim.seq)?.control.notify(.leaseLost)
        if !drain.claims { run.control.notify(.drain) }
        if drain == .givingUp { run.control.notify(.giveUp) }
        Task(executorPreference: executor) {
            await beginning.work(run.control)
            await self.ended(run)
        }
        if renewal == nil { renewal = Task { await renewWhileWorking() } }
    }

    private func ended(_ run: Run) async {
        if runs[run.claim.seq]?.claim == run.claim { runs[run.claim.seq] = nil }
        releaseIfEmpty()
        await claim()
    }

    private func releaseIfEmpty() {
        guard runs.isEmpty, !isClaiming else { return }
        renewal?.cancel()
        renewal = nil
        for waiting in whenEmpty { waiting.resume() }
        whenEmpty = []
    }

    /// Renews the leases of all jobs in work three times within a lease, until it is cancelled.
    private func renewWhileWorking() async {
        while true {
            do {
                try await time.sleep(store.limits.lease / 3)
                for lost in try await store.renew(runs.values.map(\.claim)) where runs[lost.seq]?.claim == lost {
                    runs[lost.seq]?.control.notify(.leaseLost)
                }
            } catch is CancellationError {
                return
            } catch {
                log.error("lease.renewal_failed", "cannot renew the leases of \(runs.count) jobs: \(error)")
            }
        }
    }
}

extension Dispatcher {
    /// Makes what is due claimable, and sets the alarm for what is due next.
    private func moveDue() async {
        guard drain.claims else { return }
        nextDue = NextDue()
        do {
            arm(try await store.moveDue())
        } catch {
            log.error("due.failed", "cannot look for jobs that are due: \(error); trying again in \(Self.troublePause)")
            arm(NextDue(boot: time.boot() + Self.troublePause))
        }
        await claim()
    }

    private func arm(_ due: NextDue) {
        guard drain.claims else { return }
        if let boot = due.boot, nextDue.boot.map({ boot < $0 }) ?? true {
            nextDue.boot = boot
            alarm?.set(boot: boot)
        }
        if let wall = due.wall, nextDue.wall.map({ wall < $0 }) ?? true {
            nextDue.wall = wall
            alarm?.set(wall: wall)
        }
    }
}
