// SPDX-License-Identifier: Apache-2.0

/// Rows of a view or a query.
struct Grid: Sendable, Decodable {
    let columns: [Column]
    let rows: [[JSONValue]]
    let truncated: Bool?

    struct Column: Sendable, Decodable {
        let name: String
        let type: String?
    }
}
