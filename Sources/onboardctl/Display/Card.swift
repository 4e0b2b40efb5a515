// SPDX-License-Identifier: Apache-2.0

/// Names and values, one a line, indented under their heading.
struct Card {
    private(set) var lines: [String] = []
    private let isRich: Bool
    private static let nameWidth = 18

    init(isRich: Bool) {
        self.isRich = isRich
    }

    var text: String { lines.joined(separator: "\n") }

    mutating func add(_ name: String, _ value: String?, style: Style? = nil, depth: Int = 0) {
        guard let value, !value.isEmpty else { return }
        let indent = String(repeating: "  ", count: depth)
        let shown = style.map { $0.on(value.printable, if: isRich) } ?? value.printable
        lines.append(indent + Style.dim.on(name.printable.padded(to: Self.nameWidth), if: isRich) + " " + shown)
    }

    mutating func add(line: String) {
        lines.append(line)
    }

    /// Any value: members of an object and items of a list go below their name. `first` names the members to begin
    /// with; the rest follow by name.
    mutating func add(_ name: String, _ value: JSONValue?, first: [String] = [], depth: Int = 0) {
        switch value {
        case nil, .null?: break
        case .object(let members)? where !members.isEmpty:
            lines.append(String(repeating: "  ", count: depth) + Style.dim.on(name.printable, if: isRich))
            let names = first.filter { members[$0] != nil } + members.keys.filter { !first.contains($0) }.sorted()
            for name in names { add(name, members[name], depth: depth + 1) }
        case .array(let values)? where values.contains { !$0.isScalar }:
            lines.append(String(repeating: "  ", count: depth) + Style.dim.on(name.printable, if: isRich))
            for value in values { lines.append(String(repeating: "  ", count: depth + 1) + "- " + value.line) }
        case .array(let values)?: add(name, values.map(\.line).joined(separator: ", "), depth: depth)
        case let value?: add(name, value.line, depth: depth)
        }
    }
}

extension JSONValue {
    fileprivate var isScalar: Bool {
        switch self {
        case .array, .object: false
        default: true
        }
    }
}
