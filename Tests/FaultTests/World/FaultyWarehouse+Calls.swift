// SPDX-License-Identifier: Apache-2.0
import Time
import Warehouse

extension FaultyWarehouse: Warehouse {
    var kind: WarehouseKind { real.kind }

    func bootstrap(instance: String, until deadline: BootTime) async throws(WarehouseError) -> BootstrapReport {
        try await meet(.bootstrap, deadline) { real, until throws(WarehouseError) in
            try await real.bootstrap(instance: instance, until: until)
        }
    }

    func instance(until deadline: BootTime) async throws(WarehouseError) -> String? {
        try await meet(.instance, deadline) { real, until throws(WarehouseError) in try await real.instance(until: until) }
    }

    func adopt(instance: String, until deadline: BootTime) async throws(WarehouseError) {
        try await meet(.adopt, deadline) { real, until throws(WarehouseError) in
            try await real.adopt(instance: instance, until: until)
        }
    }

    func checkConnectivity(until deadline: BootTime) async throws(WarehouseError) {
        try await meet(.connectivity, deadline) { real, until throws(WarehouseError) in
            try await real.checkConnectivity(until: until)
        }
    }

    func checkCredentials(until deadline: BootTime) async throws(WarehouseError) -> CredentialCheck {
        try await meet(.credentials, deadline) { real, until throws(WarehouseError) in
            try await real.checkCredentials(until: until)
        }
    }

    func centralDefects(until deadline: BootTime) async throws(WarehouseError) -> [CentralDefect] {
        try await meet(.defects, deadline) { real, until throws(WarehouseError) in try await real.centralDefects(until: until) }
    }

    func traces(of tenantID: String, until deadline: BootTime) async throws(WarehouseError) -> TenantTraces {
        try await meet(.traces, deadline) { real, until throws(WarehouseError) in
            try await real.traces(of: tenantID, until: until)
        }
    }

    func insert(_ row: CentralRow, until deadline: BootTime) async throws(WarehouseError) -> Insertion {
        try await meet(.insert(row.table), deadline) { real, until throws(WarehouseError) in
            try await real.insert(row, until: until)
        }
    }

    func update(
        _ identity: CentralIdentity, set values: [String: WarehouseValue], until deadline: BootTime
    ) async throws(WarehouseError) {
        try await meet(.update(identity.table), deadline) { real, until throws(WarehouseError) in
            try await real.update(identity, set: values, until: until)
        }
    }

    func delete(_ row: CentralRow, until deadline: BootTime) async throws(WarehouseError) -> Removal {
        try await meet(.delete(row.table), deadline) { real, until throws(WarehouseError) in
            try await real.delete(row, until: until)
        }
    }

    func rows(
        in table: CentralTable, of tenantID: String, until deadline: BootTime
    ) async throws(WarehouseError) -> [CentralRow] {
        try await meet(.rows(table), deadline) { real, until throws(WarehouseError) in
            try await real.rows(in: table, of: tenantID, until: until)
        }
    }

    func createDataset(_ claim: DatasetClaim, until deadline: BootTime) async throws(WarehouseError) -> DatasetCreation {
        try await meet(.createDataset, deadline) { real, until throws(WarehouseError) in
            try await real.createDataset(claim, until: until)
        }
    }

    func createValidationTable(in claim: DatasetClaim, until deadline: BootTime) async throws(WarehouseError) {
        try await meet(.createValidationTable, deadline) { real, until throws(WarehouseError) in
            try await real.createValidationTable(in: claim, until: until)
        }
    }

    func createComprehensiveView(in claim: DatasetClaim, until deadline: BootTime) async throws(WarehouseError) {
        try await meet(.createComprehensiveView, deadline) { real, until throws(WarehouseError) in
            try await real.createComprehensiveView(in: claim, until: until)
        }
    }

    func dropDataset(_ claim: DatasetClaim, until deadline: BootTime) async throws(WarehouseError) -> Removal {
        try await meet(.dropDataset, deadline) { real, until throws(WarehouseError) in
            try await real.dropDataset(claim, until: until)
        }
    }

    func dataset(of tenantID: String, until deadline: BootTime) async throws(WarehouseError) -> DatasetStatus {
        try await meet(.dataset, deadline) { real, until throws(WarehouseError) in
            try await real.dataset(of: tenantID, until: until)
        }
    }

    func columns(
        of table: String, inDatasetOf tenantID: String, until deadline: BootTime
    ) async throws(WarehouseError) -> [Column] {
        try await meet(.columns, deadline) { real, until throws(WarehouseError) in
            try await real.columns(of: table, inDatasetOf: tenantID, until: until)
        }
    }

    func run(
        _ query: Query, inDatasetOf tenantID: String, until deadline: BootTime
    ) async throws(WarehouseError) -> ResultTable {
        try await meet(.run, deadline) { real, until throws(WarehouseError) in
            try await real.run(query, inDatasetOf: tenantID, until: until)
        }
    }

    func append(
        _ rows: [[String: WarehouseValue]], to table: String, inDatasetOf tenantID: String, once key: String,
        until deadline: BootTime
    ) async throws(WarehouseError) -> Insertion {
        try await meet(.append, deadline) { real, until throws(WarehouseError) in
            try await real.append(rows, to: table, inDatasetOf: tenantID, once: key, until: until)
        }
    }

    func view(of tenantID: String, limit: Int, until deadline: BootTime) async throws(WarehouseError) -> ResultTable {
        try await meet(.view, deadline) { real, until throws(WarehouseError) in
            try await real.view(of: tenantID, limit: limit, until: until)
        }
    }

    func query(_ sql: String, of tenantID: String, until deadline: BootTime) async throws(WarehouseError) -> ResultTable {
        try await meet(.query, deadline) { real, until throws(WarehouseError) in
            try await real.query(sql, of: tenantID, until: until)
        }
    }

    func datasets(
        after id: String?, limit: Int, until deadline: BootTime
    ) async throws(WarehouseError) -> [DatasetStatus] {
        try await meet(.datasets, deadline) { real, until throws(WarehouseError) in
            try await real.datasets(after: id, limit: limit, until: until)
        }
    }

    func profiles(after id: String?, limit: Int, until deadline: BootTime) async throws(WarehouseError) -> [CentralRow] {
        try await meet(.profiles, deadline) { real, until throws(WarehouseError) in
            try await real.profiles(after: id, limit: limit, until: until)
        }
    }
}
