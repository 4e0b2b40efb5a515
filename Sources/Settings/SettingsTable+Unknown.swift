// SPDX-License-Identifier: Apache-2.0

/// What to say about a name that is not in the table.
extension SettingsTable {
    func unknownSetting(_ name: String) -> String {
        let section = name.prefix { $0 != "." }, key = name.dropFirst(section.count + 1)
        let likely = settings.first { $0.key == key }.map(\.name)
        let keys = settings.filter { $0.section == section }.map { String($0.key) }.joined(separator: ", ")
        return unknown("setting", name, among: settings.map(\.name), or: likely, otherwise: "the keys of \(section) are \(keys)")
    }

    func unknownSection(_ name: String) -> String {
        let setting = settings.first { $0.name == name || $0.key == name }
        if let setting {
            return "is not a section; write `\(setting.section):` and indented below it `\(setting.key):`"
        }
        let sections = sections.map(\.name)
        return unknown("section", name, among: sections, otherwise: "the sections are " + sections.joined(separator: ", "))
    }

    /// - Parameter likely: is meant if no name is near in spelling.
    func unknown(
        _ thing: String, _ name: String, among names: some Collection<String>, or likely: String? = nil, otherwise: String
    ) -> String {
        let meant = nearest(to: name, among: names) ?? likely
        return "there is no such \(thing); " + (meant.map { "did you mean \($0)?" } ?? otherwise)
    }

    /// The name that differs by the fewest slips, at most a third of the letters and three; the first in order of several.
    private func nearest(to name: String, among names: some Collection<String>) -> String? {
        names.sorted().map { (name: $0, slips: slips(from: $0, to: name)) }
            .filter { $0.slips <= min(3, max(1, name.utf8.count / 3)) }
            .min { $0.slips < $1.slips }?.name
    }
}

/// How many letters were left out, added, mistaken for others or swapped with their neighbour (optimal string alignment).
private func slips(from right: String, to written: String) -> Int {
    let a = Array(right.utf8), b = Array(written.utf8.prefix(100))
    var beforeLast: [Int] = [], last = Array(0...b.count)
    for i in a.indices {
        var row = [i + 1]
        for j in b.indices {
            var fewest = min(last[j + 1] + 1, row[j] + 1, last[j] + (a[i] == b[j] ? 0 : 1))
            if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { fewest = min(fewest, beforeLast[j - 1] + 1) }
            row.append(fewest)
        }
        (beforeLast, last) = (last, row)
    }
    return last[b.count]
}
