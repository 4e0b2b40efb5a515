// SPDX-License-Identifier: Apache-2.0

/// Finds the name that somebody who wrote another one most likely meant.
enum Spelling {
    /// The known name that lies within a third of its letters (at most three) of `name`, whose case doesn't count; nil
    /// where none does. Known names are in lower case.
    static func nearest(to name: String, among known: [String]) -> String? {
        let written = Array(name.lowercased().utf8.prefix(maxLength + 1))
        guard written.count <= maxLength else { return nil }
        return known
            .map { (name: $0, distance: distance(written, Array($0.utf8))) }
            .filter { $0.distance <= min($0.name.utf8.count / 3, 3) }
            .min { $0.distance < $1.distance }?.name
    }

    /// Longer names are no misspelling of ours.
    private static let maxLength = 64

    /// Levenshtein's: the fewest letters to add, drop or change.
    private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
        var row = Array(0...right.count)
        for (i, a) in left.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for (j, b) in right.enumerated() {
                let change = diagonal + (a == b ? 0 : 1)
                diagonal = row[j + 1]
                row[j + 1] = min(change, row[j + 1] + 1, row[j] + 1)
            }
        }
        return row[right.count]
    }
}
