// SPDX-License-Identifier: Apache-2.0

/// Why a warehouse did not do what it was asked, classed where that was first understood.
public struct WarehouseError: Error, Equatable, Sendable {
    public let code: Code
    /// Names the thing and the fix, for people. Never holds values of rows, parameters or secrets.
    public let message: String
    public let retry: Retry
    public let outcome: Outcome
    /// With `schema_mismatch`: the row and the column.
    public let mismatch: SchemaMismatch?

    public init(
        _ code: Code, _ message: String, retry: Retry, outcome: Outcome = .notDone, mismatch: SchemaMismatch? = nil
    ) {
        self.code = code
        self.message = message
        self.retry = retry
        self.outcome = outcome
        self.mismatch = mismatch
    }

    public enum Code: String, Sendable, CaseIterable {
        /// A row with this identity and other values is there.
        case duplicate
        /// A dataset of that name is there, and it is not this job's.
        case datasetExists = "dataset_exists"
        /// The row, dataset, table or view isn't there.
        case notFound = "not_found"
        /// The central tables aren't there yet.
        case notBootstrapped = "not_bootstrapped"
        /// The warehouse belongs to another job store.
        case foreignInstance = "foreign_instance"
        /// A row doesn't fit its table.
        case schemaMismatch = "schema_mismatch"
        /// A fault in the caller's SQL, or something that it may not do.
        case invalidQuery = "invalid_query"
        /// The caller's query needs more time or memory than it may have.
        case queryLimit = "query_limit"
        /// This warehouse can't do that.
        case notSupported = "not_supported"
        /// We don't have the right to.
        case accessDenied = "access_denied"
        /// Too many requests, or today's are used up.
        case quotaExceeded = "quota_exceeded"
        case deadlineExceeded = "deadline_exceeded"
        /// The disk is full or read-only.
        case storageFull = "storage_full"
        /// What is stored contradicts itself.
        case corrupt
        /// The service or the disk fails, or doesn't answer.
        case unavailable
    }

    /// Whether the same call can succeed later.
    public enum Retry: Equatable, Sendable {
        case never
        case withBackoff
        /// What the service asked for, as in `Retry-After`.
        case after(Duration)
    }

    /// What the failed call may have left.
    public enum Outcome: String, Sendable {
        case notDone = "not_done"
        /// It may have been done, or still be done: ask before doing it again or undoing it.
        case unknown
    }
}

extension WarehouseError: CustomStringConvertible {
    public var description: String { "\(code.rawValue): \(message)" }
}

/// Which value of which row doesn't fit which column.
public struct SchemaMismatch: Equatable, Sendable {
    public let table: String
    /// From 1, in the order in which the rows were handed in.
    public let row: Int
    public let column: String
    public let reason: Reason

    public init(table: String, row: Int, column: String, reason: Reason) {
        self.table = table
        self.row = row
        self.column = column
        self.reason = reason
    }

    public enum Reason: Equatable, Sendable {
        case unknownColumn
        case missingRequired
        case wrongType(expected: ColumnType, found: String)
        /// A column that names the row can't be changed.
        case partOfIdentity
    }
}

extension SchemaMismatch: CustomStringConvertible {
    public var description: String {
        switch reason {
        case .unknownColumn: "row \(row): table \(table) has no column \(column)"
        case .missingRequired: "row \(row), column \(column) of table \(table): a value is required"
        case .wrongType(let expected, let found):
            "row \(row), column \(column) of table \(table): needs \(expected.rawValue), got \(found)"
        case .partOfIdentity: "column \(column) of table \(table) names the row and can't be changed"
        }
    }
}

extension WarehouseError {
    public init(_ mismatch: SchemaMismatch) {
        self.init(.schemaMismatch, mismatch.description, retry: .never, mismatch: mismatch)
    }
}
