// SPDX-License-Identifier: Apache-2.0

/// A page of a list.
struct Page<Item: Decodable & Sendable>: Sendable, Decodable {
    let items: [Item]
    let nextCursor: String?

    enum CodingKeys: String, CodingKey {
        case items
        case nextCursor = "next_cursor"
    }
}
