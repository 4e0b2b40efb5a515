// SPDX-License-Identifier: Apache-2.0
import CSQLite

/// For statements whose parameters are known at run time only.
extension Statement {
    /// The name of a parameter, from 1, with its prefix: `@tenant_id`. Nil for a `?`.
    public func parameterName(_ position: Int) -> String? {
        sqlite3_bind_parameter_name(handle, Int32(clamping: position)).map { String(cString: $0) }
    }

    /// Runs to the end with one value for each parameter.
    /// - Returns: how many rows came, as of a RETURNING clause.
    @discardableResult
    public func run(with arguments: [Value]) throws -> Int {
        var rows = 0
        try forEach(with: arguments) { _ in
            rows += 1
            return true
        }
        return rows
    }

    /// Hands each row to `body` until it answers `false` or the rows end.
    public func forEach(with arguments: [Value], while body: (Row) throws -> Bool) throws {
        try forEach(arguments.map { $0 as (any Bindable)? }, while: body)
    }
}
