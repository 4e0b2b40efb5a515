// SPDX-License-Identifier: Apache-2.0

/// A pipeline in the seed system's schema: queries whose rows go into tables of the tenant's dataset.
public struct PipelineConfig: Sendable, Equatable {
    public let pipelineID: String
    public let description: String?
    /// At least one; they run one after the other.
    public let steps: [Step]

    public struct Step: Sendable, Equatable {
        public let stepID: String
        public let query: QueryTemplate
        /// A table of the tenant's own dataset, whatever `dataset_type` says: there is no other to write to.
        public let table: String
    }

    /// The one kind of step that there is: run a query, append its rows to a table.
    static let stepType = "gcp.bq_etl"
}
