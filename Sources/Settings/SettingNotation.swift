// SPDX-License-Identifier: Apache-2.0
import YAML

/// What a setting's value is in YAML.
public enum SettingNotation: String, Sendable {
    case text = "a text"
    case integer = "an integer"
    case boolean = "true or false"
    /// A sequence of texts; in a variable or flag they stand with commas between them, so no element holds one.
    case list = "a list"
}

extension SettingNotation {
    /// A YAML value as a variable would have it.
    func text(of node: YAMLNode) throws(SettingRefusal) -> String {
        if node.isNull { throw SettingRefusal("there is no value", instead: "write one, or leave the key out") }
        let text: String? = switch self {
        case .text: node.string
        case .integer: node.int.map { String($0) }
        case .boolean: node.bool.map { String($0) }
        case .list: try joined(node.sequence)
        }
        guard let text else { throw mismatch(node) }
        return text
    }

    private func joined(_ elements: [YAMLNode]?) throws(SettingRefusal) -> String? {
        guard let elements else { return nil }
        var texts: [String] = []
        for element in elements {
            guard let text = element.string, !text.isEmpty, !text.utf8.contains(UInt8(ascii: ",")) else {
                throw SettingRefusal("\(described(element)) in the list is not a text, or holds a comma")
            }
            texts.append(text)
        }
        return texts.joined(separator: ",")
    }

    private func mismatch(_ node: YAMLNode) -> SettingRefusal {
        let wrong = "\(described(node)) is not \(rawValue)"
        guard let text = node.scalar?.text else { return SettingRefusal(wrong) }
        switch (self, YAMLScalar(plain: text)?.value) {
        case (.text, _): return SettingRefusal(wrong, instead: "put it in quotes: \"\(text)\"")
        case (.integer, .int), (.boolean, .bool):
            return SettingRefusal("\"\(text)\" in quotes is a text", instead: "write \(text)")
        default: return SettingRefusal(wrong)
        }
    }

    private func described(_ node: YAMLNode) -> String {
        switch node.content {
        case .scalar(let scalar): "`\(scalar.text.prefix(80))`"
        case .sequence: "a list"
        case .mapping: "a mapping"
        }
    }
}
