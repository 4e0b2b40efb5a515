// SPDX-License-Identifier: Apache-2.0
import Warehouse

/// A call of the warehouse, by name and table.
enum WarehouseCall: Hashable, Sendable, CustomStringConvertible {
    case insert(CentralTable), update(CentralTable), delete(CentralTable), rows(CentralTable)
    case createDataset, createValidationTable, createComprehensiveView, dropDataset, dataset
    case columns, run, append, view, query
    case connectivity, credentials, defects, traces
    case bootstrap, instance, adopt, datasets, profiles

    var description: String {
        switch self {
        case .insert(let table): "insert \(table.name)"
        case .update(let table): "update \(table.name)"
        case .delete(let table): "delete \(table.name)"
        case .rows(let table): "rows \(table.name)"
        case .createDataset: "createDataset"
        case .createValidationTable: "createValidationTable"
        case .createComprehensiveView: "createComprehensiveView"
        case .dropDataset: "dropDataset"
        case .dataset: "dataset"
        case .columns: "columns"
        case .run: "run"
        case .append: "append"
        case .view: "view"
        case .query: "query"
        case .connectivity: "connectivity"
        case .credentials: "credentials"
        case .defects: "defects"
        case .traces: "traces"
        case .bootstrap: "bootstrap"
        case .instance: "instance"
        case .adopt: "adopt"
        case .datasets: "datasets"
        case .profiles: "profiles"
        }
    }
}
