// SPDX-License-Identifier: Apache-2.0
import JobQueue
import Time
import Warehouse
import Workflow

/// The tenant's dataset, marked as this job's: what another made is never taken over.
struct CreateDataset: OnboardingStep {
    static let name = "create_dataset"
    private let environment: OnboardingEnvironment

    struct Drawn: Codable, Sendable {
        let createdAt: WallTime
    }

    struct Output: Codable, Sendable {
        let dataset: String
        let datasetCreated: Bool

        enum CodingKeys: String, CodingKey {
            case dataset, datasetCreated = "dataset_created"
        }
    }

    init(_ environment: OnboardingEnvironment) { self.environment = environment }

    func draw(_ job: OnboardingFacts, _ chance: Chance) -> Draw<Drawn> {
        Draw(Drawn(createdAt: chance.now))
    }

    func run(_ attempt: OnboardingAttempt, _ drawn: Drawn) async throws -> StepResult {
        let claim = Self.claim(attempt.job, drawn)
        try await environment.ask { warehouse throws(WarehouseError) in
            // Adopted is created, too: by an earlier attempt of this job, whose answer was lost.
            _ = try await warehouse.createDataset(claim, until: attempt.deadline)
        }
        return try StepResult(output: Output(dataset: claim.tenantID, datasetCreated: true))
    }

    func undo(_ attempt: OnboardingAttempt, _ drawn: Drawn) async throws -> [Advance.Effect] {
        let claim = Self.claim(attempt.job, drawn)
        try await environment.ask { warehouse throws(WarehouseError) in
            _ = try await warehouse.dropDataset(claim, until: attempt.deadline)
        }
        return []
    }

    static func claim(_ job: OnboardingFacts, _ drawn: Drawn) -> DatasetClaim {
        DatasetClaim(tenantID: job.input.tenantID.text, jobID: job.id.text, createdAt: drawn.createdAt)
    }

    /// The claim under which this job made its dataset.
    static func claim(of job: OnboardingFacts) throws -> DatasetClaim {
        claim(job, try job.drawn(by: name))
    }
}
