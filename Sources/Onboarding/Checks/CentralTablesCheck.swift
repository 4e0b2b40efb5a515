// SPDX-License-Identifier: Apache-2.0
import JSON
import Warehouse

/// Whether the central tables are all there, with all their columns.
struct CentralTablesCheck: Check {
    let name = "central_tables"

    func run(_ subject: CheckSubject) async throws -> CheckFinding {
        let defects = try await subject.environment.warehouse.centralDefects(until: subject.deadline)
        let tables = CentralSchema.tables.map { JSONValue.string($0.name) }
        guard !defects.isEmpty else {
            return .passed("all \(tables.count) central tables are there", ["tables": .array(tables)])
        }
        let missing = defects.compactMap { if case .missingTable(let table) = $0 { JSONValue.string(table) } else { nil } }
        let others = defects.count - missing.count
        let fix = others == 0
            ? "run 'onboardd bootstrap'"
            : "'onboardd bootstrap' makes missing tables, but changes no table that is there: alter it by hand"
        let list = defects.map(Self.words)
        return .failed("central_tables_differ", "\(list.joined(separator: "; ")): \(fix)", [
            "missing_tables": .array(missing), "defects": .array(list.map(JSONValue.string)),
        ])
    }

    private static func words(_ defect: CentralDefect) -> String {
        switch defect {
        case .missingTable(let table): "table \(table) is missing"
        case .missingColumn(let table, let column): "table \(table) lacks column \(column.name) \(column.type.rawValue)"
        case .differentColumn(let table, let column, let found):
            "table \(table), column \(column.name): needs \(column.type.rawValue)\(column.isRequired ? " REQUIRED" : ""), is \(found)"
        }
    }
}
