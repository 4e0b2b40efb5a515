// SPDX-License-Identifier: Apache-2.0

/// Aligned columns; where a terminal is too narrow, one block for each row.
struct Table {
    struct Cell {
        let text: String
        var style: Style?
        var isNumber = false

        init(_ text: String?, style: Style? = nil, isNumber: Bool = false) {
            self.text = (text ?? "").printable
            self.style = style
            self.isNumber = isNumber
        }

        init(_ value: JSONValue) {
            self.init(value == .null ? "NULL" : value.line, style: value == .null ? .dim : nil, isNumber: value.isNumber)
        }
    }

    let columns: [String]
    let rows: [[Cell]]
    /// False for the later pages of a list.
    var hasHead = true

    /// - Parameter width: the terminal's; `nil` for plain output, which is never folded or coloured.
    func text(width: Int?) -> String {
        let widths = columns.indices.map { index in
            rows.reduce(columns[index].count) { max($0, index < $1.count ? $1[index].text.count : 0) }
        }
        if let width, widths.reduce(-2, { $0 + $1 + 2 }) > width { return blocks(width: width) }
        let isRich = width != nil
        let head = zip(columns, widths).map { Style.bold.on($0.padded(to: $1), if: isRich) }
        let lines = rows.map { row in
            zip(row, widths).map { cell, width in
                let text = cell.isNumber ? cell.text.paddedLeft(to: width) : cell.text.padded(to: width)
                return cell.style.map { $0.on(text, if: isRich) } ?? text
            }
        }
        return ((hasHead ? [head] : []) + lines).map { $0.joined(separator: "  ").withoutTrailingSpaces }.joined(separator: "\n")
    }

    private func blocks(width: Int) -> String {
        let nameWidth = min(columns.map(\.count).max() ?? 0, width / 2)
        return rows.enumerated().map { number, row in
            let title = "row \(number + 1)"
            let lines = zip(columns, row).map { name, cell in
                let text = cell.text.clipped(to: max(1, width - nameWidth - 2))
                return name.clipped(to: nameWidth).padded(to: nameWidth) + "  "
                    + (cell.style.map { $0.on(text, if: true) } ?? text)
            }
            return ([Style.bold.on(title, if: true)] + lines).joined(separator: "\n")
        }.joined(separator: "\n\n")
    }
}

extension String {
    fileprivate var withoutTrailingSpaces: String {
        String(reversed().drop { $0 == " " }.reversed())
    }
}
