// SPDX-License-Identifier: Apache-2.0
import CommandTable
import HTTPClient

/// How much of a list is wanted.
struct Paging {
    static let limit = Option("limit", .integer("N", 1...200), summary: "rows a page")
    static let all = Option("all", .flag, summary: "every page, not only the first")
    static let options = [limit, all]

    let limit: Int?
    let wantsAll: Bool

    init(_ arguments: Arguments) {
        limit = arguments.integer(Self.limit)
        wantsAll = arguments.has(Self.all)
    }
}

extension Session {
    /// Prints a list page by page: as JSON, one page a line, or as one table.
    func printPages<Item: Decodable & Sendable>(
        of type: Item.Type, at path: String, query: [(name: String, value: String?)] = [], _ paging: Paging,
        table: ([Item]) -> Table
    ) async throws {
        var cursor: String?
        var isFirst = true
        while true {
            let page = query + [("limit", paging.limit.map { "\($0)" }), ("cursor", cursor)]
            let answer = try await send(.get, path + URLText.query(page))
            let list = try answer.decode(Page<Item>.self)
            if asJSON {
                try console.print(answer.text)
            } else if isFirst || !list.items.isEmpty {
                var table = table(list.items)
                table.hasHead = isFirst
                try console.print(table.text(width: console.isRich ? console.size.columns : nil))
            }
            guard let next = list.nextCursor else { return }
            guard paging.wantsAll else {
                if !asJSON { console.complain("there are more: --all shows every page") }
                return
            }
            guard next != cursor else { throw Failure.unreadable("the list's next page is this page again: \(path)") }
            (cursor, isFirst) = (next, false)
        }
    }
}
