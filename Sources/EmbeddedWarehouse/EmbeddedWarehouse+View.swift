// SPDX-License-Identifier: Apache-2.0
import SQLite
import Time
import Warehouse

extension EmbeddedWarehouse {
    /// The template holds the view already; a dataset of an older release gets today's. What is proved is the SQL that
    /// the dataset keeps, run for this tenant.
    public func createComprehensiveView(in claim: DatasetClaim, until deadline: BootTime) async throws(WarehouseError) {
        let location = try datasets.location(of: claim.tenantID)
        let doing = "create \(ComprehensiveView.name) in dataset \(claim.tenantID)"
        try await onFiles(doing, until: deadline) {
            let kept = try DatasetFile.own(claim, at: location, toWrite: false).view(ComprehensiveView.name)
            guard kept != ComprehensiveView.sql.text else { return }
            try DatasetFile.own(claim, at: location, toWrite: true).connection.run(
                """
                INSERT INTO _onboardd_views (name, sql) VALUES (?1, ?2)
                ON CONFLICT (name) DO UPDATE SET sql = excluded.sql
                """, ComprehensiveView.name, ComprehensiveView.sql.text)
        }
        let proof = try await view(of: claim.tenantID, limit: 1, until: deadline)
        guard proof.columns.map(\.name) == ComprehensiveView.columns.map(\.name) else {
            throw WarehouseError(.schemaMismatch, "\(doing): it yields other columns than it should", retry: .never)
        }
    }

    /// Our SQL only: what the dataset keeps, over the central tables seen through this tenant's scope.
    public func view(
        of tenantID: String, limit: Int, until deadline: BootTime
    ) async throws(WarehouseError) -> ResultTable {
        let location = try datasets.location(of: tenantID)
        let doing = "read \(ComprehensiveView.name) of \(tenantID)"
        let kept = try await onFiles(doing, until: deadline, on: readQueues) {
            try location.withFile { file in (sql: try file.view(ComprehensiveView.name), tenantID: file.owner.tenantID) }
        }
        guard let sql = kept.sql else {
            throw WarehouseError(.notFound, "dataset \(tenantID) keeps no \(ComprehensiveView.name)", retry: .never)
        }
        let rows = min(max(limit, 1), Self.viewRows)
        let today = clock.today
        return try await read(doing, until: deadline) { central in
            try TenantScope.prepare(central)
            try TenantScope.enter(kept.tenantID, today: today, runs: rows + 1, on: central)
            let collector = ResultCollector(rows: rows, bytes: Self.viewBytes)
            // Kept prepared for the SQL of this release, which is nearly always the dataset's too.
            guard sql == ComprehensiveView.sql.text else {
                return try collector.collect(central.prepare("SELECT * FROM (\(sql))"), typed: ComprehensiveView.columns)
            }
            return try central.withKeptStatement("SELECT * FROM temp.tenant_comprehensive_view") { statement in
                try collector.collect(statement, typed: ComprehensiveView.columns)
            }
        }
    }

    /// A greater `limit` counts as this one.
    static let viewRows = 10_000
    static let viewBytes = 16 << 20
}
