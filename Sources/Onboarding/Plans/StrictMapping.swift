// SPDX-License-Identifier: Apache-2.0
import YAML

/// The members of one mapping in a configuration file, of which every key is known: a key that nobody reads would be a
/// setting that silently does nothing.
struct StrictMapping {
    let file: String?
    let mark: YAMLMark
    private let values: [String: YAMLNode]

    /// - Parameters:
    ///   - known: the keys that may stand there; nil: any.
    ///   - instead: for keys that others use, the right one.
    /// - Throws: `YAMLError` with the place of what is no mapping, or of an unknown key.
    init(
        _ node: YAMLNode, file: String?, what: String, known: [String]?, instead: [String: String] = [:]
    ) throws(YAMLError) {
        guard let members = node.mapping else {
            throw YAMLError(file: file, mark: node.mark, message: "\(what) is a mapping of keys to values")
        }
        var values: [String: YAMLNode] = [:]
        for (key, value) in members {
            let name = key.scalar?.text ?? ""
            if let known, !known.contains(name) {
                let meant = instead[name] ?? Spelling.nearest(to: name, among: known)
                let hint = meant.map { "write `\($0)`" } ?? "known are \(known.joined(separator: ", "))"
                throw YAMLError(file: file, mark: key.mark, message: "\(what) has no key `\(name)`: \(hint)")
            }
            values[name] = value
        }
        self.file = file
        self.values = values
        mark = node.mark
    }

    subscript(key: String) -> YAMLNode? { values[key] }

    func needed(_ key: String) throws(YAMLError) -> YAMLNode {
        guard let node = values[key] else { throw error("`\(key)` is missing here", mark) }
        return node
    }

    func text(_ key: String) throws(YAMLError) -> String {
        let node = try needed(key)
        guard let text = node.string, !text.isEmpty else { throw error("`\(key)` is a text", node.mark) }
        return text
    }

    func integer(_ key: String, in range: ClosedRange<Int>) throws(YAMLError) -> Int {
        let node = try needed(key)
        guard let number = node.int.flatMap({ Int(exactly: $0) }), range.contains(number) else {
            throw error("`\(key)` is an integer from \(range.lowerBound) to \(range.upperBound)", node.mark)
        }
        return number
    }

    /// Seconds, with a fraction perhaps.
    func duration(_ key: String, in range: ClosedRange<Duration>) throws(YAMLError) -> Duration {
        let node = try needed(key)
        guard let duration = node.duration, range.contains(duration) else {
            throw error("`\(key)` is a number of seconds from \(range.lowerBound) to \(range.upperBound)", node.mark)
        }
        return duration
    }

    func error(_ message: String, _ mark: YAMLMark) -> YAMLError {
        YAMLError(file: file, mark: mark, message: message)
    }
}
