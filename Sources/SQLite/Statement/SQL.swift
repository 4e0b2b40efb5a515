// SPDX-License-Identifier: Apache-2.0

/// SQL text that is made of literals only, so that no statement is ever assembled from input: an interpolation takes
/// other `SQL` and nothing else.
///
/// Each connection keeps the statement prepared, found again by the text's address: keep what is composed in a `static let`.
public struct SQL: ExpressibleByStringInterpolation, Sendable {
    private enum Source: Sendable {
        case literal(StaticString)
        case composed(Composition)
    }

    private final class Composition: Sendable {
        let text: String
        init(_ text: String) { self.text = text }
    }

    private let source: Source

    public init(stringLiteral literal: StaticString) {
        source = .literal(literal)
    }

    public init(stringInterpolation interpolation: Interpolation) {
        source = .composed(Composition(interpolation.text))
    }

    public var text: String {
        switch source {
        case .literal(let literal): literal.description
        case .composed(let composition): composition.text
        }
    }

    /// What tells one text from another without reading it. A literal lives as long as the program, a composition as
    /// long as somebody holds its `SQL`.
    var identity: Identity? {
        switch source {
        case .literal(let literal):
            literal.hasPointerRepresentation
                ? Identity(address: UInt(bitPattern: literal.utf8Start), length: literal.utf8CodeUnitCount) : nil
        case .composed(let composition):
            Identity(address: UInt(bitPattern: ObjectIdentifier(composition)), length: 0)
        }
    }

    struct Identity: Hashable {
        let address: UInt, length: Int
    }

    public struct Interpolation: StringInterpolationProtocol, Sendable {
        fileprivate var text = ""

        public init(literalCapacity: Int, interpolationCount: Int) {}

        public mutating func appendLiteral(_ literal: StaticString) { text += literal.description }
        public mutating func appendInterpolation(_ sql: SQL) { text += sql.text }
    }
}
