// SPDX-License-Identifier: Apache-2.0

/// The names that an object has so far. A few are compared one by one; from then on they are hashed, so that a request
/// of thousands of members costs no more than its bytes.
struct UsedNames {
    private static let few = 16
    private var inOrder: [String] = []
    private var hashed: Set<ExactName> = []

    /// - Returns: false if the name was there already.
    mutating func insert(_ name: String) -> Bool {
        if hashed.isEmpty {
            guard !inOrder.contains(where: { $0.hasSameBytes(as: name) }) else { return false }
            inOrder.append(name)
            if inOrder.count == Self.few { hashed = Set(inOrder.map(ExactName.init)) }
            return true
        }
        return hashed.insert(ExactName(text: name)).inserted
    }

    private struct ExactName: Hashable {
        let text: String

        static func == (left: Self, right: Self) -> Bool { left.text.hasSameBytes(as: right.text) }
        func hash(into hasher: inout Hasher) { text.hash(into: &hasher) }
    }
}
