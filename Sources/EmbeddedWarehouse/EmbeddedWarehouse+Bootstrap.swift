// SPDX-License-Identifier: Apache-2.0
import SQLite
import Time
import Warehouse

extension EmbeddedWarehouse {
    public func bootstrap(instance: String, until deadline: BootTime) async throws(WarehouseError) -> BootstrapReport {
        try await write("bootstrap", until: deadline) { central in
            let existing = try Set(central.all("SELECT name FROM main.sqlite_schema") { $0.text(0) })
            if existing.contains("_onboardd_meta") {
                if let found = try central.instance(), found != instance { throw WarehouseError.foreignInstance(found) }
            } else {
                try central.executeScript(CentralDDL.meta)
            }
            try central.run(
                "INSERT INTO main._onboardd_meta (key, value) VALUES ('instance', ?1) ON CONFLICT DO NOTHING", instance)

            var created: [String] = []
            for table in CentralSchema.tables where !existing.contains(table.name) {
                try central.executeScript(([CentralDDL.create(table)] + CentralDDL.indexes(of: table)).joined(separator: ";\n"))
                created.append(table.name)
            }
            if !existing.contains(CentralSchema.executionView) {
                try central.executeScript(CentralDDL.executionView)
                created.append(CentralSchema.executionView)
            }
            let names = CentralSchema.tables.map(\.name) + [CentralSchema.executionView]
            return BootstrapReport(
                datasetCreated: existing.isEmpty, created: created, existing: names.filter(existing.contains))
        }
    }

    public func instance(until deadline: BootTime) async throws(WarehouseError) -> String? {
        try await read("read the instance id", until: deadline) { central in
            guard try central.hasMeta() else { return nil }
            return try central.instance()
        }
    }

    public func adopt(instance: String, until deadline: BootTime) async throws(WarehouseError) {
        try await write("adopt the warehouse", until: deadline) { central in
            guard try central.hasMeta() else {
                throw WarehouseError(
                    .notBootstrapped, "the central tables aren't there yet; run 'onboardd bootstrap'", retry: .withBackoff)
            }
            try central.run(
                """
                INSERT INTO main._onboardd_meta (key, value) VALUES ('instance', ?1)
                ON CONFLICT (key) DO UPDATE SET value = excluded.value
                """, instance)
        }
    }
}

extension Connection {
    fileprivate func hasMeta() throws -> Bool {
        try first("SELECT 1 FROM main.sqlite_schema WHERE name = '_onboardd_meta'") { _ in true } ?? false
    }

    fileprivate func instance() throws -> String? {
        try first("SELECT value FROM main._onboardd_meta WHERE key = 'instance'") { $0.text(0) }
    }
}

extension WarehouseError {
    fileprivate static func foreignInstance(_ found: String) -> WarehouseError {
        let message = """
            the warehouse belongs to another job store (instance \(found)); \
            use that one's state directory, or take the warehouse over with 'onboardd reconcile --adopt'
            """
        return WarehouseError(.foreignInstance, message, retry: .never)
    }
}
