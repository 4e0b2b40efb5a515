// SPDX-License-Identifier: Apache-2.0
import Time

/// One value of a row, typed as `ColumnType` is.
public enum WarehouseValue: Hashable, Sendable {
    case null
    case string(String)
    case integer(Int64)
    case double(Double)
    case bool(Bool)
    /// Microseconds since 1970-01-01T00:00:00Z, the finest that both warehouses keep.
    case timestamp(Int64)
    case date(UTCDate)
    case bytes([UInt8])
    /// A JSON text. Two texts of one meaning are two values.
    case json(String)
    case strings([String])

    public static func timestamp(_ time: WallTime) -> WarehouseValue {
        .timestamp(time.milliseconds * 1_000)
    }

    /// nil is `null`.
    public static func string(orNull text: String?) -> WarehouseValue {
        text.map(WarehouseValue.string) ?? .null
    }

    /// The type of a column that holds it; nil for `null`, which fits each that isn't required.
    public var type: ColumnType? {
        switch self {
        case .null: nil
        case .string: .string
        case .integer: .integer
        case .double: .double
        case .bool: .bool
        case .timestamp: .timestamp
        case .date: .date
        case .bytes: .bytes
        case .json: .json
        case .strings: .strings
        }
    }
}

/// The types of columns. The raw values are what people and API clients read.
public enum ColumnType: String, Sendable, CaseIterable {
    case string = "STRING"
    case integer = "INTEGER"
    case double = "FLOAT"
    case bool = "BOOLEAN"
    case timestamp = "TIMESTAMP"
    case date = "DATE"
    case bytes = "BYTES"
    case json = "JSON"
    case strings = "ARRAY<STRING>"
}
