// SPDX-License-Identifier: Apache-2.0
import SQLite
import Time
import Warehouse

extension EmbeddedWarehouse {
    /// The template holds both already; a dataset that lost them gets them back.
    public func createValidationTable(in claim: DatasetClaim, until deadline: BootTime) async throws(WarehouseError) {
        let location = try datasets.location(of: claim.tenantID)
        try await onFiles("create \(ValidationTable.name) in dataset \(claim.tenantID)", until: deadline) {
            let record = ValidationTable.record(for: claim).map(\.stored)
            if try DatasetFile.own(claim, at: location, toWrite: false).holds(record) { return }
            let file = try DatasetFile.own(claim, at: location, toWrite: true)
            try file.connection.transaction {
                if try file.columns(of: ValidationTable.name).isEmpty {
                    try file.connection.executeScript(DatasetTemplate.validationTable)
                }
                guard try !file.holds(record) else { return }
                try file.connection.run(
                    "INSERT INTO onboarding_validation_test (id, test_message, created_at) VALUES (?1, ?2, ?3)",
                    record[0], record[1], record[2])
            }
        }
    }

    public func columns(
        of table: String, inDatasetOf tenantID: String, until deadline: BootTime
    ) async throws(WarehouseError) -> [Column] {
        let location = try datasets.location(of: tenantID)
        return try await onFiles("read the columns of \(tenantID).\(table)", until: deadline) {
            try location.withFile { try $0.columnsOrThrow(of: table) }
        }
    }

    @discardableResult
    public func append(
        _ rows: [[String: WarehouseValue]], to table: String, inDatasetOf tenantID: String, once key: String,
        until deadline: BootTime
    ) async throws(WarehouseError) -> Insertion {
        let location = try datasets.location(of: tenantID)
        return try await onFiles("append to \(tenantID).\(table)", until: deadline) {
            let checked = try location.withFile { file in
                let check = RowCheck(table: table, columns: try file.columnsOrThrow(of: table))
                return try rows.enumerated().map { try check.values(of: $1, row: $0 + 1).map(\.stored) }
            }
            return try location.withFile(toWrite: true) { try $0.append(checked, to: table, once: key) }
        }
    }
}

extension DatasetLocation {
    /// Opens the dataset, whoever of ours made it.
    func withFile<T>(toWrite: Bool = false, _ body: (DatasetFile) throws -> T) throws -> T {
        do {
            return try body(toWrite ? DatasetFile.write(self) : DatasetFile.read(self))
        } catch let foreign as ForeignDataset {
            throw belongsToAnother(foreign.reason)
        }
    }
}

extension DatasetFile {
    /// Empty where there is no such table. STRICT tables keep times as text, so the validation table, which we know, is
    /// read by its own declaration.
    fileprivate func columns(of table: String) throws -> [Column] {
        let known = Dictionary(
            uniqueKeysWithValues: table == ValidationTable.name ? ValidationTable.columns.map { ($0.name, $0) } : [])
        return try connection.all(
            "SELECT name, type, \"notnull\" FROM pragma_table_info(?1, 'main') ORDER BY cid", table
        ) { row in
            let stored = row.text(1)
            let isRequired = row.int(2) != 0
            if let column = known[row.text(0)], column.type.storedType == stored, column.isRequired == isRequired {
                return column
            }
            return Column(row.text(0), ColumnType(declared: stored) ?? .string, required: isRequired)
        }
    }

    fileprivate func columnsOrThrow(of table: String) throws -> [Column] {
        let columns = try columns(of: table)
        guard !columns.isEmpty, !table.hasPrefix("_onboardd_") else {
            throw WarehouseError(.notFound, "dataset \(location.tenantID) has no table \(table)", retry: .never)
        }
        return columns
    }

    /// Whether the validation table is there, as it should be, with this record.
    /// - Throws: `schema_mismatch`, `duplicate`.
    fileprivate func holds(_ record: [Value]) throws -> Bool {
        let found = try columns(of: ValidationTable.name)
        guard !found.isEmpty else { return false }
        if let wrong = ValidationTable.columns.first(where: { !found.contains($0) })
            ?? found.first(where: { !ValidationTable.columns.contains($0) }) {
            let same = found.first { $0.name == wrong.name && $0 != wrong }
            let reason = same.map { SchemaMismatch.Reason.wrongType(expected: wrong.type, found: $0.type.rawValue) }
            throw WarehouseError(
                SchemaMismatch(table: ValidationTable.name, row: 1, column: wrong.name, reason: reason ?? .unknownColumn))
        }
        let records = try connection.all(
            "SELECT id, test_message, created_at FROM onboarding_validation_test WHERE id = ?1", record[0]
        ) { row in [row.value(0), row.value(1), row.value(2)] }
        guard records.allSatisfy({ $0 == record }) else {
            let message = "\(ValidationTable.name) of dataset \(location.tenantID) holds another record of that id"
            throw WarehouseError(.duplicate, message, retry: .never)
        }
        return !records.isEmpty
    }

    fileprivate func append(_ rows: [[Value]], to table: String, once key: String) throws -> Insertion {
        try connection.transaction {
            guard try connection.run("INSERT INTO _onboardd_appends (key) VALUES (?1) ON CONFLICT DO NOTHING", key) == 1
            else { return .alreadyThere }
            guard let width = rows.first?.count else { return .inserted }
            let name = table.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
            let places = Array(repeating: "?", count: width).joined(separator: ", ")
            let statement = try connection.prepare("INSERT INTO main.\"\(name)\" VALUES (\(places))")
            for row in rows { try statement.run(with: row) }
            return .inserted
        }
    }
}
