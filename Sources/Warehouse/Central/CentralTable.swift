// SPDX-License-Identifier: Apache-2.0

/// One of the tables that all tenants share, as data: what makes the embedded tables, their check and the remote
/// schemas.
public struct CentralTable: Hashable, Sendable {
    public let name: String
    public let columns: [Column]
    /// The columns that name a row. `tenant_id` comes first, so no statement that names a row can reach another
    /// tenant's.
    public let identity: [String]
    /// Where rows can end without being removed: a tenant has at most one row that has not.
    public let live: LiveRule?
    /// The column whose day a remote table is partitioned by.
    public let partitionedByDayOf: String?
    public let clusteredBy: [String]

    init(
        _ name: String, identity: [String], live: LiveRule? = nil, partitionedByDayOf: String? = nil,
        clusteredBy: [String] = [], columns: [Column]
    ) {
        self.name = name
        self.columns = columns
        self.identity = identity
        self.live = live
        self.partitionedByDayOf = partitionedByDayOf
        self.clusteredBy = clusteredBy
    }

    /// A row is live unless `column` holds `ended`.
    public struct LiveRule: Hashable, Sendable {
        public let column: String
        public let ended: String
    }

    public static func == (left: CentralTable, right: CentralTable) -> Bool { left.name == right.name }
    public func hash(into hasher: inout Hasher) { hasher.combine(name) }

    public func position(of column: String) -> Int? {
        columns.firstIndex { $0.name == column }
    }
}
