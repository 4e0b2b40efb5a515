// SPDX-License-Identifier: Apache-2.0

/// A column as a table declares it.
public struct Column: Hashable, Sendable {
    public let name: String
    public let type: ColumnType
    /// Whether each row needs a value. Arrays are never required: none is the empty one.
    public let isRequired: Bool

    public init(_ name: String, _ type: ColumnType, required isRequired: Bool = false) {
        self.name = name
        self.type = type
        self.isRequired = isRequired
    }

    static func required(_ name: String, _ type: ColumnType) -> Column {
        Column(name, type, required: true)
    }

    static func optional(_ name: String, _ type: ColumnType) -> Column {
        Column(name, type)
    }
}
