// SPDX-License-Identifier: Apache-2.0

/// One of SQLite's five storage classes (datatype3.html, section 2).
public enum Value: Sendable, Equatable {
    case null
    case integer(Int64)
    case real(Double)
    case text(String)
    case blob([UInt8])
}

/// What can stand for a `?` in a statement. A `nil` binds NULL.
public protocol Bindable {
    var value: Value { get }
}

extension Value: Bindable {
    public var value: Value { self }
}

extension Int: Bindable {
    public var value: Value { .integer(Int64(self)) }
}

extension Int64: Bindable {
    public var value: Value { .integer(self) }
}

/// Stored as 1 and 0: SQLite has no boolean storage class.
extension Bool: Bindable {
    public var value: Value { .integer(self ? 1 : 0) }
}

/// SQLite stores a NaN as NULL.
extension Double: Bindable {
    public var value: Value { .real(self) }
}

/// All bytes are kept, a NUL inside too.
extension String: Bindable {
    public var value: Value { .text(self) }
}

/// An empty array is an empty blob, not NULL.
extension [UInt8]: Bindable {
    public var value: Value { .blob(self) }
}
