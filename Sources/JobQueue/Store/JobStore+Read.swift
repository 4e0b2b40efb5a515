// SPDX-License-Identifier: Apache-2.0
import SQLite
import Time

/// A job with all that is known of it, as of one instant.
public struct JobSnapshot: Sendable {
    public let job: JobRecord
    public let steps: [StepRecord]
    public let failures: [FailureRecord]
    /// Jobs before it in its kind's line, where it is ready; counted up to `JobStore.countedPlaces`.
    public let placeInLine: Int?
    public let isPaused: Bool
}

/// Which jobs to list, newest first.
public struct JobFilter: Sendable {
    public var state: JobState?
    public var kind: String?
    public var subjectKey: String?
    /// Jobs before this one in the list's order.
    public var before: Int64?

    public init(state: JobState? = nil, kind: String? = nil, subjectKey: String? = nil, before: Int64? = nil) {
        self.state = state
        self.kind = kind
        self.subjectKey = subjectKey
        self.before = before
    }
}

extension JobStore {
    /// Places in line are counted up to here: the answer must not cost more with more jobs.
    public static let countedPlaces = 1_000

    public func snapshot(of id: JobID) async throws -> JobSnapshot? {
        try await read { connection in
            guard let job = try connection.first(Self.jobByIDSQL, id.text, as: { try JobRecord($0) }) else { return nil }
            let isReady = job.place == .ready
            return JobSnapshot(
                job: job, steps: try connection.all(Self.stepsSQL, job.seq) { try StepRecord($0) },
                failures: try connection.all(Self.failuresSQL, job.seq) { try FailureRecord($0) },
                placeInLine: isReady ? try connection.first(Self.placeSQL, job.seq, Self.countedPlaces) { $0.int(0) } : nil,
                isPaused: isReady ? try connection.first("SELECT paused FROM store WHERE id = 1") { $0.int(0) == 1 } ?? false : false)
        }
    }

    /// The jobs that fit, newest first, at most `limit`.
    public func jobs(_ filter: JobFilter, limit: Int) async throws -> [JobRecord] {
        try await read { connection in
            let before = filter.before ?? .max
            let map: (Row) throws -> JobRecord = { try JobRecord($0) }
            if let subject = filter.subjectKey {
                return try connection.all(Self.bySubjectSQL, before, limit, subject, filter.state?.rawValue, filter.kind, as: map)
            }
            if let state = filter.state {
                return try connection.all(Self.byStateSQL, before, limit, state.rawValue, filter.kind, as: map)
            }
            return try connection.all(Self.allSQL, before, limit, filter.kind, as: map)
        }
    }

    /// The job's events after `seq`, oldest first.
    public func events(of job: Int64, after seq: Int64, limit: Int) async throws -> [EventRecord] {
        try await read { try $0.all(Self.eventsSQL, job, seq, limit) { try EventRecord($0) } }
    }

    /// How many jobs there are of each kind and state.
    public func counts() async throws -> [JobCount] {
        try await read { connection in
            try connection.all("SELECT kind, state, n FROM job_count WHERE n > 0 ORDER BY kind, state") { row in
                JobCount(kind: row.text(0), state: try JobState(stored: row.text(1)), count: row.int(2))
            }
        }
    }

    static let jobByIDSQL: SQL = "SELECT \(JobRecord.columns) FROM job WHERE id = ?"
    static let bySubjectSQL: SQL = """
        SELECT \(JobRecord.columns) FROM job INDEXED BY job_subject
        WHERE seq < ?1 AND subject_key = ?3 AND (?4 IS NULL OR state = ?4) AND (?5 IS NULL OR kind = ?5)
        ORDER BY seq DESC LIMIT ?2
        """
    static let byStateSQL: SQL = """
        SELECT \(JobRecord.columns) FROM job INDEXED BY job_state
        WHERE seq < ?1 AND state = ?3 AND (?4 IS NULL OR kind = ?4) ORDER BY seq DESC LIMIT ?2
        """
    static let allSQL: SQL = """
        SELECT \(JobRecord.columns) FROM job WHERE seq < ?1 AND (?3 IS NULL OR kind = ?3) ORDER BY seq DESC LIMIT ?2
        """
    static let failuresSQL: SQL = "SELECT \(FailureRecord.columns) FROM step_failure WHERE job_seq = ? ORDER BY n"
    static let eventsSQL: SQL = """
        SELECT \(EventRecord.columns) FROM event INDEXED BY event_job WHERE job_seq = ?1 AND seq > ?2 ORDER BY seq LIMIT ?3
        """
    /// Two seeks into job_ready, each bounded: what is more urgent, and what has an earlier turn.
    private static let placeSQL: SQL = """
        SELECT min(?2, (
            SELECT count(*) FROM (
                SELECT 1 FROM job AS own CROSS JOIN job AS other INDEXED BY job_ready
                WHERE own.seq = ?1 AND other.place = 'ready' AND other.kind = own.kind AND other.priority > own.priority LIMIT ?2)
            ) + (
            SELECT count(*) FROM (
                SELECT 1 FROM job AS own CROSS JOIN job AS other INDEXED BY job_ready
                WHERE own.seq = ?1 AND other.place = 'ready' AND other.kind = own.kind AND other.priority = own.priority
                    AND (other.turn, other.seq) < (own.turn, own.seq) LIMIT ?2)
            ))
        """
}

public struct JobCount: Sendable, Equatable {
    public let kind: String
    public let state: JobState
    public let count: Int
}
