// SPDX-License-Identifier: Apache-2.0

/// The header fields as they came: one copy of the head and where in it names and values lie. Strings are made when
/// asked for, because a request has ten fields and a service reads three.
struct HTTPFields: Sendable {
    struct Field: Sendable {
        var name: Range<Int>
        var value: Range<Int>
    }

    private(set) var bytes: [UInt8]
    private(set) var fields: [Field]

    init(bytes: [UInt8], fields: [Field]) {
        self.bytes = bytes
        self.fields = fields
    }

    init(_ pairs: [(String, String)]) {
        bytes = []
        fields = []
        for (name, value) in pairs {
            let start = bytes.count
            bytes += name.utf8
            let middle = bytes.count
            bytes += value.utf8
            fields.append(Field(name: start..<middle, value: middle..<bytes.count))
        }
    }

    func indices(named name: String) -> [Int] {
        fields.indices.filter { isNamed(name, fields[$0]) }
    }

    func count(named name: String) -> Int {
        fields.reduce(0) { $0 + (isNamed(name, $1) ? 1 : 0) }
    }

    func first(named name: String) -> Int? {
        fields.firstIndex { isNamed(name, $0) }
    }

    /// Bytes that are not UTF-8 are replaced by U+FFFD: RFC 9110 (5.5) calls them opaque and nothing here means them.
    func value(_ index: Int) -> String {
        String(decoding: bytes[fields[index].value], as: UTF8.self)
    }

    func valueBytes(_ index: Int) -> ArraySlice<UInt8> {
        bytes[fields[index].value]
    }

    private func isNamed(_ name: String, _ field: Field) -> Bool {
        guard name.utf8.count == field.name.count else { return false }
        var position = field.name.lowerBound
        for byte in name.utf8 {
            if bytes[position].lowercasedASCII != byte.lowercasedASCII { return false }
            position += 1
        }
        return true
    }
}

extension UInt8 {
    var lowercasedASCII: UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self) ? self | 0x20 : self
    }

    /// `tchar` of RFC 9110, 5.6.2.
    var isTokenCharacter: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "!"), UInt8(ascii: "#")...UInt8(ascii: "'"),
            UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."),
            UInt8(ascii: "^")...UInt8(ascii: "`"), UInt8(ascii: "|"), UInt8(ascii: "~"):
            true
        default: false
        }
    }

    /// What a field value may hold: RFC 9110, 5.5 (`VCHAR`, `obs-text`, space and tab).
    var isFieldValueCharacter: Bool {
        self == 0x09 || (self >= 0x20 && self != 0x7F)
    }
}
