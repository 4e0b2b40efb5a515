// SPDX-License-Identifier: Apache-2.0
import SQLite
import Time

/// A step of a job as the store holds it; a step that has no row yet is `pending`.
public struct StepRecord: Sendable, Equatable {
    public let name: String
    public var state = StepState.pending
    /// How often it began.
    public var attempt = 0
    /// Failures counted against its policy, in its present direction (run or undo).
    public var failures = 0
    /// How often it had to begin again without an outcome: its process died, or lost its lease.
    public var interruptions = 0
    /// Attempts and pauses so far, counted against its policy's total time.
    public var spent = Duration.zero
    /// Its place in the order of first starts.
    public var begun: Int?
    public var due: Due?
    public var waitReason: WaitReason?
    public var startedAt: WallTime?
    public var finishedAt: WallTime?
    public var durationMilliseconds: Int64?
    /// What was drawn before its first effect (JSON).
    public var drawn: String?
    /// What it answered (JSON).
    public var output: String?

    public init(name: String) { self.name = name }

    static let columns: SQL = """
        name, state, attempt, failures, interruptions, spent_ms, begun, due_boot, due_at, due_delay_ms, wait_reason, started_at, \
        finished_at, duration_ms, drawn, output
        """

    init(_ row: Row, from first: Int = 0) throws {
        name = row.text(first)
        state = try StepState(stored: row.text(first + 1))
        attempt = row.int(first + 2)
        failures = row.int(first + 3)
        interruptions = row.int(first + 4)
        spent = .milliseconds(row.int64(first + 5))
        begun = row.optionalInt(first + 6)
        due = row.due(first + 7)
        waitReason = try row.optionalText(first + 10).map(WaitReason.init(stored:))
        startedAt = row.wallTime(first + 11)
        finishedAt = row.wallTime(first + 12)
        durationMilliseconds = row.optionalInt(first + 13).map(Int64.init)
        drawn = row.optionalText(first + 14)
        output = row.optionalText(first + 15)
    }
}

/// When a pause is over: by CLOCK_BOOTTIME in the boot that drew it; after a reboot by the wall clock, but never later
/// than the pause as it was drawn.
public struct Due: Sendable, Equatable {
    public let boot: BootTime
    public let wall: WallTime
    public let delay: Duration

    public init(after delay: Duration, from time: TimeSource) {
        boot = time.boot() + delay
        wall = time.wall() + delay
        self.delay = delay
    }

    init(boot: BootTime, wall: WallTime, delay: Duration) {
        self.boot = boot
        self.wall = wall
        self.delay = delay
    }
}

/// One failed attempt, kept as long as its job.
public struct FailureRecord: Sendable, Equatable {
    public enum Direction: String, Sendable { case run, undo }

    public let step: String
    public let direction: Direction
    public let attempt: Int
    public let at: WallTime
    public let code: String
    public let message: String
    public let retryable: Bool
    public let retryAt: WallTime?

    public init(
        step: String, direction: Direction, attempt: Int, at: WallTime, code: String, message: String, retryable: Bool,
        retryAt: WallTime?
    ) {
        self.step = step
        self.direction = direction
        self.attempt = attempt
        self.at = at
        self.code = code
        self.message = message
        self.retryable = retryable
        self.retryAt = retryAt
    }

    static let columns: SQL = "step, direction, attempt, at, code, message, retryable, retry_at"

    init(_ row: Row) throws {
        step = row.text(0)
        direction = try Direction(stored: row.text(1))
        attempt = row.int(2)
        at = WallTime(milliseconds: row.int64(3))
        code = row.text(4)
        message = row.text(5)
        retryable = row.int(6) == 1
        retryAt = row.wallTime(7)
    }
}
