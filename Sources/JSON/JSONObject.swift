// SPDX-License-Identifier: Apache-2.0

/// The members of a JSON object, in the order they were written. No two have the same name.
///
/// Names are the same when their UTF-8 bytes are (RFC 8259, 8.3), unlike Swift's strings, for which `é` written as one
/// code point equals `é` written as two. Two objects are equal when they hold equal members in the same order.
public struct JSONObject: Sendable, Equatable {
    public struct Member: Sendable, Equatable {
        public let name: String
        public let value: JSONValue
    }

    private var members: [Member] = []

    public init() {}

    /// Looks through the members one by one: meant for a request's dozen, not for an index of thousands.
    public subscript(name: String) -> JSONValue? {
        members.first { $0.name.hasSameBytes(as: name) }?.value
    }

    public var names: [String] { members.map(\.name) }

    /// Adds a member whose name the caller knows to be new.
    mutating func append(_ name: String, _ value: JSONValue) {
        members.append(Member(name: name, value: value))
    }
}

extension JSONObject: RandomAccessCollection {
    public var startIndex: Int { members.startIndex }
    public var endIndex: Int { members.endIndex }
    public subscript(position: Int) -> Member { members[position] }
}

extension String {
    func hasSameBytes(as other: String) -> Bool {
        self == other && utf8.elementsEqual(other.utf8)     // `==` first: it is quick to tell most names apart
    }
}
