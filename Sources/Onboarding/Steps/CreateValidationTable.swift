// SPDX-License-Identifier: Apache-2.0
import JobQueue
import Warehouse
import Workflow

/// The table that proves that the dataset can be written to, with its one record. It goes with its dataset.
struct CreateValidationTable: OnboardingStep {
    static let name = "create_validation_table"
    private let environment: OnboardingEnvironment

    struct Output: Codable, Sendable {
        let table: String
    }

    init(_ environment: OnboardingEnvironment) { self.environment = environment }

    func run(_ attempt: OnboardingAttempt, _ drawn: Nothing) async throws -> StepResult {
        let claim = try CreateDataset.claim(of: attempt.job)
        try await environment.ask(about: claim.createdAt) { warehouse throws(WarehouseError) in
            try await warehouse.createValidationTable(in: claim, until: attempt.deadline)
        }
        return try StepResult(output: Output(table: ValidationTable.name))
    }

    /// Undone with its dataset, whose own undo comes next: on record, so that a retried job makes it again.
    func undo(_ attempt: OnboardingAttempt, _ drawn: Nothing) async throws -> [Advance.Effect] { [] }
}
