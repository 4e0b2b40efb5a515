// SPDX-License-Identifier: Apache-2.0

/// A value in a YAML document, with its place.
public struct YAMLNode: Sendable {
    public enum Content: Sendable {
        case scalar(YAMLScalar)
        case sequence([YAMLNode])
        /// In the order they were written. Every key is a scalar, and no text stands twice.
        case mapping([(key: YAMLNode, value: YAMLNode)])
    }

    public let content: Content
    /// Where it begins. What is not written at all (`key:`) begins where it would.
    public let mark: YAMLMark

    public var line: Int { mark.line }
    public var column: Int { mark.column }
}

/// A place in a document, both counted from 1; the column in code points.
public struct YAMLMark: Sendable, Equatable {
    public let line: Int
    public let column: Int

    public init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }
}

/// What it holds, or nil where it holds something else.
extension YAMLNode {
    /// A quoted scalar, or one that cannot be read as anything else.
    public var string: String? {
        if case .string(let text) = scalar?.value { text } else { nil }
    }

    public var int: Int64? {
        if case .int(let number) = scalar?.value { number } else { nil }
    }

    /// Of an integer too.
    public var double: Double? {
        switch scalar?.value {
        case .int(let number): Double(number)
        case .float(let number): number
        default: nil
        }
    }

    public var bool: Bool? {
        if case .bool(let value) = scalar?.value { value } else { nil }
    }

    /// A number, read as seconds; to at most 30 million years, so that no calculation with it overflows.
    public var duration: Duration? {
        guard let seconds = double, seconds.magnitude < 1e15 else { return nil }
        return int.map(Duration.seconds) ?? .seconds(seconds)
    }

    public var isNull: Bool { scalar?.value == .null }

    public var scalar: YAMLScalar? {
        if case .scalar(let scalar) = content { scalar } else { nil }
    }

    public var sequence: [YAMLNode]? {
        if case .sequence(let elements) = content { elements } else { nil }
    }

    public var mapping: [(key: YAMLNode, value: YAMLNode)]? {
        if case .mapping(let pairs) = content { pairs } else { nil }
    }

    /// The value of this key, if this is a mapping that has it.
    public subscript(key: String) -> YAMLNode? {
        mapping?.first { $0.key.scalar?.text == key }?.value
    }
}
