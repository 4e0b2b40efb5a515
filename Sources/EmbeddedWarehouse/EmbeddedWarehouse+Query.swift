// SPDX-License-Identifier: Apache-2.0
import SQLite
import Time
import Warehouse

extension EmbeddedWarehouse {
    /// Our own SELECT, over the dataset's own tables: the central ones are not in reach.
    public func run(
        _ query: Query, inDatasetOf tenantID: String, until deadline: BootTime
    ) async throws(WarehouseError) -> ResultTable {
        let location = try datasets.location(of: tenantID)
        let clock = clock
        return try await onFiles("run a query in dataset \(tenantID)", until: deadline, on: readQueues) {
            try location.withFile { file in
                file.connection.setLimit(.attachedDatabases, to: 0)
                let statement = try QueryFault.typed { try file.connection.prepare(query.sql) }
                guard statement.isReadOnly else { throw WarehouseError.invalidQuery("only a SELECT can be run here") }
                let arguments = try query.arguments(of: statement)
                return try file.connection.withDeadline(clock.timeLeft(until: deadline)) {
                    try QueryFault.typed {
                        try ResultCollector(rows: Self.viewRows, bytes: Self.viewBytes).collect(statement, with: arguments)
                    }
                }
            }
        }
    }

    /// The caller's SQL, over copies of this tenant's rows.
    ///
    /// An authorizer alone can't keep tenants apart, because a common table expression may bear the name of a view that
    /// it trusts. So the central tables are gone before the SQL is even looked at.
    public func query(
        _ sql: String, of tenantID: String, until deadline: BootTime
    ) async throws(WarehouseError) -> ResultTable {
        let location = try datasets.location(of: tenantID)
        let (clock, central) = (clock, writer.path)
        return try await onFiles("query \(tenantID)", until: deadline, on: queryQueues) {
            guard CommonTableExpressions.mostCopies(in: sql) <= Self.maxTableExpressions else {
                throw WarehouseError.invalidQuery("its common table expressions use each other too often")
            }
            return try location.withFile { file in
                let connection = file.connection
                let budget = QueryBudget(time: min(QueryLimits.duration, clock.timeLeft(until: deadline)))
                return try connection.interrupting(when: budget.isOver) {
                    let copy = TenantCopy(of: file.owner.tenantID, central: central, today: clock.today)
                    let complete = try QueryFault.limited { try copy.make(on: connection) }
                    try QuerySandbox.close(connection)
                    return try QueryFault.typed {
                        let statement = try connection.prepare(sql)
                        guard statement.isReadOnly else { throw WarehouseError.invalidQuery("only a SELECT can be run here") }
                        guard statement.parameterCount == 0 else {
                            throw WarehouseError.invalidQuery("it has parameters, and there are no values for them")
                        }
                        let result = try ResultCollector(rows: QueryLimits.rows, bytes: QueryLimits.bytes).collect(statement)
                        return ResultTable(
                            columns: result.columns, rows: result.rows, truncated: result.truncated || !complete)
                    }
                }
            }
        }
    }

    /// Copies of one common table expression that SQLite may make while it reads a query.
    private static let maxTableExpressions = 256
}

extension Query {
    /// The values in the order of the statement's parameters.
    fileprivate func arguments(of statement: Statement) throws(WarehouseError) -> [Value] {
        var arguments: [Value] = []
        for position in 0..<statement.parameterCount {
            guard let name = statement.parameterName(position + 1), name.hasPrefix("@"),
                let value = parameters[String(name.dropFirst())]
            else {
                let name = statement.parameterName(position + 1) ?? "?"
                throw WarehouseError.invalidQuery("there is no value for its parameter \(name)")
            }
            arguments.append(value.stored)
        }
        return arguments
    }
}

/// Tells a fault of the SQL from a failure of ours.
enum QueryFault {
    static func typed<T>(_ body: () throws -> T) throws -> T {
        do {
            return try limited(body)
        } catch let error as SQLiteError {
            switch error.code {
            case .error, .notAuthorized, .tooBig, .outOfRange, .mismatch, .misuse, .schema, .constraint, .readOnly:
                // SQLite's own words for what the authorizer denies.
                let isDenied = error.message == "not authorized"
                throw WarehouseError.invalidQuery(
                    isDenied ? "not authorized: only a SELECT over this tenant's own tables and views can be run" : error.message)
            default:
                throw error
            }
        }
    }

    /// Tells only what used up its time or memory.
    static func limited<T>(_ body: () throws -> T) throws -> T {
        do {
            return try body()
        } catch let error as SQLiteError where error.isInterrupted {
            throw WarehouseError(
                .queryLimit, "the query needs more time or memory than it may have; ask for less at once", retry: .never)
        }
    }
}

extension WarehouseError {
    static func invalidQuery(_ message: String) -> WarehouseError {
        WarehouseError(.invalidQuery, message, retry: .never)
    }
}
