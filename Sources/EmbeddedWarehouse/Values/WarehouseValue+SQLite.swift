// SPDX-License-Identifier: Apache-2.0
import FoundationEssentials
import SQLite
import Time
import Warehouse

extension WarehouseValue {
    /// As SQLite keeps it. Times and dates are text: it sorts like the time, SQLite's date functions read it, and so does
    /// a person with `sqlite3`; 19 bytes more than a number are the price.
    var stored: Value {
        switch self {
        case .null: .null
        case .string(let text), .json(let text): .text(text)
        case .integer(let number): .integer(number)
        case .double(let number): .real(number)
        case .bool(let flag): .integer(flag ? 1 : 0)
        case .timestamp(let microseconds): .text(Self.timestampText(microseconds))
        case .date(let date): .text(date.description)
        case .bytes(let bytes): .blob(bytes)
        case .strings(let strings): .text(Self.jsonArray(strings))
        }
    }

    /// What SQLite kept, in a column of this type. A value that the column could not have taken reads as what it is.
    init(stored value: Value, as type: ColumnType?) {
        let plain = WarehouseValue(stored: value)
        guard let type else {
            self = plain
            return
        }
        if type == .strings, case .string(let text) = plain {
            self = Self.strings(inJSON: text) ?? plain
        } else {
            self = plain.converted(to: type) ?? plain
        }
    }

    /// By storage class alone.
    private init(stored value: Value) {
        self = switch value {
        case .null: .null
        case .integer(let number): .integer(number)
        case .real(let number): .double(number)
        case .text(let text): .string(text)
        case .blob(let bytes): .bytes(bytes)
        }
    }

    private static func jsonArray(_ strings: [String]) -> String {
        let texts = strings.map { text in "\"" + text.unicodeScalars.map(escaped).joined() + "\"" }
        return "[" + texts.joined(separator: ",") + "]"
    }

    /// As RFC 8259, section 7, demands, and no more.
    private static func escaped(_ scalar: Unicode.Scalar) -> String {
        switch scalar {
        case "\"", "\\": "\\\(scalar)"
        case "\0"..<"\u{10}": "\\u000" + String(scalar.value, radix: 16)
        case "\u{10}"..<" ": "\\u00" + String(scalar.value, radix: 16)
        default: String(scalar)
        }
    }

    /// Nil for anything but an array of strings.
    private static func strings(inJSON text: String) -> WarehouseValue? {
        (try? JSONDecoder().decode([String].self, from: Data(text.utf8))).map(WarehouseValue.strings)
    }
}

extension ColumnType {
    /// The type of a STRICT table's column.
    var storedType: String {
        switch self {
        case .string, .timestamp, .date, .json, .strings: "TEXT"
        case .integer, .bool: "INTEGER"
        case .double: "REAL"
        case .bytes: "BLOB"
        }
    }

    /// The type of a column that the caller's query may see: the first word is for `init(declared:)`, the second gives
    /// SQLite its affinity, which it takes from any part of the text (datatype3.html, section 3.1).
    var declaredType: String {
        switch self {
        case .strings: "STRINGS TEXT"
        default: rawValue == storedType ? rawValue : "\(rawValue) \(storedType)"
        }
    }

    /// What a declared type means: one of ours, or one of SQLite's.
    init?(declared text: String) {
        let word = text.prefix { $0 != " " }.uppercased()
        if let type = ColumnType(rawValue: word) {
            self = type
            return
        }
        switch word {
        case "STRINGS": self = .strings
        case "TEXT": self = .string
        case "INT": self = .integer
        case "REAL": self = .double
        case "BLOB": self = .bytes
        default: return nil
        }
    }
}
