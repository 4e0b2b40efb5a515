// SPDX-License-Identifier: Apache-2.0
import Time
import Warehouse

/// One run of a pipeline on a tenant's dataset. It writes to the tenant's own tables only: no quota counts it.
struct PipelineRun: Sendable {
    let pipeline: PipelineConfig
    let tenantID: String
    /// Names what this run appends: a second run of the same id adds nothing.
    let runID: String
    let runTime: WallTime

    /// - Returns: the rows that were read and appended.
    /// - Throws: `schema_mismatch` naming row and column; whatever else the warehouse answers.
    func run(in warehouse: any Warehouse, until deadline: BootTime) async throws(WarehouseError) -> Int {
        var count = 0
        for step in pipeline.steps {
            let found = try await warehouse.run(step.query.query(value), inDatasetOf: tenantID, until: deadline)
            guard !found.truncated else {
                throw WarehouseError(.queryLimit, "step \(step.stepID) reads more rows than a pipeline may", retry: .never)
            }
            let names = found.columns.map(\.name)
            let rows = found.rows.map { Dictionary(zip(names, $0)) { first, _ in first } }
            try await warehouse.append(
                rows, to: step.table, inDatasetOf: tenantID, once: "\(runID)/\(step.stepID)", until: deadline)
            count += rows.count
        }
        return count
    }

    private func value(_ placeholder: QueryTemplate.Placeholder) -> String {
        switch placeholder {
        case .tenantID, .datasetID: tenantID
        case .pipelineID: pipeline.pipelineID
        case .runID: runID
        case .runTime: runTime.rfc3339
        }
    }
}
