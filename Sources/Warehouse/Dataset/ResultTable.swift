// SPDX-License-Identifier: Apache-2.0

/// What a query or a view answers.
public struct ResultTable: Equatable, Sendable {
    public let columns: [Heading]
    /// Each in the order of `columns`.
    public let rows: [[WarehouseValue]]
    /// Whether there is more than the limits let through.
    public let truncated: Bool

    public init(columns: [Heading], rows: [[WarehouseValue]], truncated: Bool) {
        self.columns = columns
        self.rows = rows
        self.truncated = truncated
    }

    public struct Heading: Hashable, Sendable {
        public let name: String
        public let type: ColumnType

        public init(name: String, type: ColumnType) {
            self.name = name
            self.type = type
        }
    }
}

/// One of our own SELECTs. Values go in as parameters, never as text: `@name` in the SQL, `name` here.
public struct Query: Equatable, Sendable {
    public let sql: String
    public let parameters: [String: WarehouseValue]

    public init(_ sql: String, parameters: [String: WarehouseValue] = [:]) {
        self.sql = sql
        self.parameters = parameters
    }
}

/// What a caller's own query may use.
public enum QueryLimits {
    public static let duration: Duration = .seconds(2)
    public static let rows = 1_000
    /// Of all values in the answer together; also the largest single value a query may build.
    public static let bytes = 1 << 20
}
