// SPDX-License-Identifier: Apache-2.0
import JobQueue
import Warehouse
import Workflow

/// The view of all that concerns the tenant, proven by selecting each of its columns. It goes with its dataset.
struct CreateComprehensiveView: OnboardingStep {
    static let name = "create_comprehensive_view"
    private let environment: OnboardingEnvironment

    struct Output: Codable, Sendable {
        let view: String
        let columns: Int
    }

    init(_ environment: OnboardingEnvironment) { self.environment = environment }

    func run(_ attempt: OnboardingAttempt, _ drawn: Nothing) async throws -> StepResult {
        let claim = try CreateDataset.claim(of: attempt.job)
        try await environment.ask(about: claim.createdAt) { warehouse throws(WarehouseError) in
            try await warehouse.createComprehensiveView(in: claim, until: attempt.deadline)
        }
        return try StepResult(output: Output(view: ComprehensiveView.name, columns: ComprehensiveView.columns.count))
    }

    /// Undone with its dataset, whose own undo comes next: on record, so that a retried job makes it again.
    func undo(_ attempt: OnboardingAttempt, _ drawn: Nothing) async throws -> [Advance.Effect] { [] }
}
