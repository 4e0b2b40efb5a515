// SPDX-License-Identifier: Apache-2.0
import Warehouse

/// The name of a tenant and of its dataset: 3 to 50 ASCII letters, digits and underscores, beginning with a letter or a
/// digit. It is kept as given; two ids that differ only in case are one tenant's.
public struct TenantID: Hashable, Sendable {
    public static let lengths = 3...50

    /// As given.
    public let text: String

    /// - Throws: `InvalidValue` naming the first rule that `text` breaks.
    public init(_ text: String) throws(InvalidValue) {
        guard !text.isEmpty else { throw InvalidValue(.empty, "a tenant id is needed") }
        guard text.utf8.allSatisfy(Self.isAllowed) else {
            throw InvalidValue(.invalidCharacter, "a tenant id holds only ASCII letters, digits and underscores")
        }
        guard text.utf8.count >= Self.lengths.lowerBound else {
            throw InvalidValue(.tooShort, "a tenant id has at least \(Self.lengths.lowerBound) characters")
        }
        guard text.utf8.count <= Self.lengths.upperBound else {
            throw InvalidValue(.tooLong, "a tenant id has at most \(Self.lengths.upperBound) characters")
        }
        guard text.utf8.first != UInt8(ascii: "_") else {
            throw InvalidValue(.invalidCharacter, "a tenant id begins with a letter or a digit")
        }
        guard !Self.isReserved(Self.key(of: text)) else {
            throw InvalidValue(.reserved, "this tenant id is a name that the warehouse itself uses: choose another")
        }
        self.text = text
    }

    /// The same for every way of writing this id: what it is compared and looked up by.
    public var key: String { Self.key(of: text) }

    /// The key of any text, a tenant's id or not. Letters outside ASCII stay: they are no tenant's.
    public static func key(of text: String) -> String {
        String(decoding: text.utf8.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }, as: UTF8.self)
    }

    /// Folded names that stand for something else in a warehouse: the central dataset, SQLite's own schemas and the name
    /// under which the central tables are attached, the schema of BigQuery's metadata views.
    static let reservedNames: Set<String> = [CentralSchema.dataset, "central", "information_schema", "main", "temp"]
    /// SQLite keeps all names that begin so (lang_createtable.html).
    static let reservedPrefixes = ["sqlite_"]

    private static func isReserved(_ key: String) -> Bool {
        reservedNames.contains(key) || reservedPrefixes.contains { key.hasPrefix($0) }
    }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"): true
        default: false
        }
    }
}

extension TenantID: CustomStringConvertible {
    public var description: String { text }
}

/// As its text.
extension TenantID: Codable {
    public init(from decoder: any Decoder) throws {
        try self.init(try decoder.singleValueContainer().decode(String.self))
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}
