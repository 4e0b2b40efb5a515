// SPDX-License-Identifier: Apache-2.0

/// Builds the tree out of events, and refuses what is not allowed here as soon as it shows.
struct YAMLComposer {
    let events: YAMLEvents
    let file: String?

    func document() throws(YAMLError) -> YAMLNode {
        let (first, start) = try events.next()
        guard case .documentStart = first else {
            return YAMLNode(content: .scalar(.null), mark: start)
        }
        let root = try node(try events.next(), depth: 0)
        _ = try events.next()       // the document's end
        let (last, mark) = try events.next()
        guard case .streamEnd = last else {
            throw error("a second document begins here; write one document only", mark)
        }
        return root
    }

    /// - Parameter depth: how many sequences and mappings are open around this node.
    private func node(_ next: (event: YAMLEvents.Event, mark: YAMLMark), depth: Int) throws(YAMLError) -> YAMLNode {
        let (event, mark) = next
        switch event {
        case .scalar(let text, let isPlain, let decoration):
            try refuse(decoration, mark)
            guard let scalar = isPlain ? YAMLScalar(plain: text) : YAMLScalar(quoted: text) else {
                throw error("the number \(text.prefix(40)) is too large; if it is a text, put it in quotes", mark)
            }
            return YAMLNode(content: .scalar(scalar), mark: mark)
        case .sequenceStart(let decoration):
            try enter(decoration, depth + 1, mark)
            return YAMLNode(content: .sequence(try elements(depth: depth + 1)), mark: mark)
        case .mappingStart(let decoration):
            try enter(decoration, depth + 1, mark)
            return YAMLNode(content: .mapping(try pairs(depth: depth + 1)), mark: mark)
        case .alias:
            throw error("aliases (`*name`) are not read; write the value out", mark)
        case .documentStart, .documentEnd, .streamEnd, .sequenceEnd, .mappingEnd:
            throw error("a value was expected here", mark)
        }
    }

    private func elements(depth: Int) throws(YAMLError) -> [YAMLNode] {
        var elements: [YAMLNode] = []
        while true {
            let next = try events.next()
            if case .sequenceEnd = next.event { return elements }
            elements.append(try node(next, depth: depth))
        }
    }

    private func pairs(depth: Int) throws(YAMLError) -> [(key: YAMLNode, value: YAMLNode)] {
        var pairs: [(key: YAMLNode, value: YAMLNode)] = [], lines: [String: Int] = [:]
        while true {
            let next = try events.next()
            if case .mappingEnd = next.event { return pairs }
            let key = try node(next, depth: depth)
            guard let name = key.scalar?.text else {
                throw error("a sequence or mapping cannot be a key; write a name", key.mark)
            }
            if let line = lines.updateValue(key.line, forKey: name) {
                throw error("the key `\(name)` stands in line \(line) already; keep one of the two", key.mark)
            }
            pairs.append((key, try node(try events.next(), depth: depth)))
        }
    }

    private func enter(_ decoration: YAMLEvents.Decoration, _ depth: Int, _ mark: YAMLMark) throws(YAMLError) {
        try refuse(decoration, mark)
        guard depth <= YAMLDocument.maxDepth else {
            throw error("sequences and mappings lie more than \(YAMLDocument.maxDepth) deep in each other", mark)
        }
    }

    private func refuse(_ decoration: YAMLEvents.Decoration, _ mark: YAMLMark) throws(YAMLError) {
        if decoration.anchor { throw error("anchors (`&name`) are not read; write the value out where it is used", mark) }
        if decoration.tag { throw error("tags (`!name`) are not read; put a text in quotes, and leave other values bare", mark) }
    }

    private func error(_ message: String, _ mark: YAMLMark) -> YAMLError {
        YAMLError(file: file, mark: mark, message: message)
    }
}
