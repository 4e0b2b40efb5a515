// SPDX-License-Identifier: Apache-2.0
import Cryptography

/// A place in a list, as clients hand it back. It belongs to the filter it was made with.
struct Cursor: Sendable, Equatable {
    /// The `seq` of the page's last item.
    let position: Int64

    private static let version: UInt8 = 1
    private static let digestBytes = 8

    init(position: Int64) { self.position = position }

    /// - Parameter filter: the list's name and all that narrows it.
    /// - Throws: `Problem` `invalid_parameter` for a text that no list answered, or another list did.
    init(_ text: String, filter: [String?]) throws(Problem) {
        guard let bytes = bytes(fromBase64URL: text), bytes.count == 1 + 8 + Self.digestBytes, bytes[0] == Self.version else {
            throw Self.refusal("is not one that this server answered")
        }
        guard Array(bytes[9...]) == Self.digest(filter) else {
            throw Self.refusal("belongs to a list with other filters: repeat those of the first page")
        }
        position = bytes[1..<9].reduce(0) { $0 << 8 | Int64($1) }
    }

    func text(filter: [String?]) -> String {
        let place = (0..<8).map { UInt8(truncatingIfNeeded: position >> (56 - 8 * $0)) }
        return base64URL([Self.version] + place + Self.digest(filter))
    }

    private static func digest(_ filter: [String?]) -> [UInt8] {
        let text = filter.map { $0.map { "\($0.utf8.count):\($0)" } ?? "-" }.joined(separator: ";")
        return Array(SHA256.digest(Array(text.utf8)).prefix(digestBytes))
    }

    private static func refusal(_ what: String) -> Problem {
        Problem(.invalidParameter, "query parameter cursor: \(what)")
            .with([.init(field: "cursor", code: "invalid_value", message: what)])
    }
}

/// A page of a list.
struct Page<Item: Encodable>: Encodable {
    let items: [Item]
    let nextCursor: String?

    enum CodingKeys: String, CodingKey { case items, nextCursor = "next_cursor" }
}
