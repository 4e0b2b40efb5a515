// SPDX-License-Identifier: Apache-2.0

/// What was probably meant by a mistyped `word`: the nearest of `known`, unless even that is far off.
func nearest(to word: String, among known: [String]) -> String? {
    let bound = max(1, word.count / 3)
    return known
        .map { (name: $0, distance: editDistance(word, $0)) }
        .filter { $0.distance <= bound || $0.name.hasPrefix(word) && word.count > 1 }
        .min { $0.distance < $1.distance }?.name
}

/// Letters inserted, dropped, exchanged or swapped with their neighbour (optimal string alignment).
private func editDistance(_ from: String, _ to: String) -> Int {
    let (a, b) = (Array(from.lowercased()), Array(to.lowercased()))
    var rows = [Array(0...b.count)]
    for i in a.indices {
        var row = [i + 1]
        for j in b.indices {
            var best = min(rows[i][j + 1] + 1, row[j] + 1, rows[i][j] + (a[i] == b[j] ? 0 : 1))
            if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { best = min(best, rows[i - 1][j - 1] + 1) }
            row.append(best)
        }
        rows.append(row)
    }
    return rows[a.count][b.count]
}
