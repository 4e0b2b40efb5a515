// SPDX-License-Identifier: Apache-2.0
import CSQLite

extension Connection {
    /// A bound on one construct (c3ref/c_limit_attached.html). The raw value is SQLite's number.
    public enum Limit: Int32, Sendable {
        /// Bytes of a text, a blob or a row.
        case length = 0
        /// Bytes of a statement.
        case sqlLength, columns, expressionDepth, compoundSelect, virtualMachineInstructions, functionArguments
        case attachedDatabases, likePatternLength, variableNumber, triggerDepth, workerThreads
    }

    /// Sets `limit`, which SQLite caps at its compile-time maximum.
    /// - Returns: the value before.
    @discardableResult
    public func setLimit(_ limit: Limit, to value: Int) -> Int {
        Int(sqlite3_limit(handle, limit.rawValue, Int32(clamping: max(value, 0))))
    }
}
