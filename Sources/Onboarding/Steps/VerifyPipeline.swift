// SPDX-License-Identifier: Apache-2.0
import Cryptography
import JobQueue
import Time
import Warehouse
import Workflow
import YAML

/// Runs the dry-run pipeline on the new dataset. It comes after activation: its failure is a warning, and undoes nothing.
struct VerifyPipeline: OnboardingStep, StepWithoutTrace {
    static let name = "verify_pipeline"
    private let environment: OnboardingEnvironment

    struct Drawn: Codable, Sendable {
        let runID: String
        let runTime: WallTime
    }

    struct Output: Codable, Sendable {
        let status: OnboardingResult.DryRunStatus
        let runID: String
        var pipelineID: String?
        var rows: Int?

        enum CodingKeys: String, CodingKey {
            case status, runID = "run_id", pipelineID = "pipeline_id", rows
        }
    }

    init(_ environment: OnboardingEnvironment) { self.environment = environment }

    func draw(_ job: OnboardingFacts, _ chance: Chance) -> Draw<Drawn> {
        let id = UUIDv7.hex(milliseconds: chance.now.milliseconds, random: chance.random)
        return Draw(Drawn(runID: "run_" + id, runTime: chance.now))
    }

    func run(_ attempt: OnboardingAttempt, _ drawn: Drawn) async throws -> StepResult {
        var output = Output(status: .failed, runID: drawn.runID)
        do {
            let pipeline = try environment.pipeline()
            output.pipelineID = pipeline.pipelineID
            let run = PipelineRun(
                pipeline: pipeline, tenantID: attempt.job.input.tenantID.text, runID: drawn.runID, runTime: drawn.runTime)
            let rows = try await run.run(in: environment.warehouse, until: attempt.deadline)
            return try StepResult(output: Output(status: .success, runID: drawn.runID, pipelineID: pipeline.pipelineID, rows: rows))
        } catch let error as YAMLError {
            throw StepError(code: "invalid_pipeline", message: error.description, retry: .never, output: try jsonText(output))
        } catch let error as WarehouseError {
            throw StepError(error, isFresh: true, output: try jsonText(output))
        }
    }
}
