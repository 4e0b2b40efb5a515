// SPDX-License-Identifier: Apache-2.0
import FoundationEssentials
import JSON
import Warehouse

/// Rows of a view or a query.
struct ResultDocument: Encodable {
    struct Column: Encodable {
        let name: String
        let type: String
    }

    let columns: [Column]
    let rows: [[JSONValue]]
    let truncated: Bool

    init(_ table: ResultTable) {
        columns = table.columns.map { Column(name: $0.name, type: $0.type.rawValue) }
        rows = table.rows.map { $0.map(JSONValue.init) }
        truncated = table.truncated
    }
}

extension JSONValue {
    /// Times are RFC 3339 with microseconds, bytes base64; a number that JSON lacks is told by its name.
    init(_ value: WarehouseValue) {
        self = switch value {
        case .null: .null
        case .string(let text): .string(text)
        case .integer(let number): .integer(number)
        case .double(let number): number.isFinite ? .number(number) : .string("\(number)")
        case .bool(let flag): .bool(flag)
        case .timestamp(let microseconds): .string(WarehouseValue.timestampText(microseconds))
        case .date(let date): .string(date.description)
        case .bytes(let bytes): .string(Data(bytes).base64EncodedString())
        case .json(let text): (try? JSONText.stored(text)) ?? .string(text)
        case .strings(let texts): .array(texts.map(JSONValue.string))
        }
    }
}
