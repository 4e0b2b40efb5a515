// SPDX-License-Identifier: Apache-2.0
import JSON
import YAML

/// Whether the pipeline that `verify_pipeline` runs can be read. Advisory: it runs after the onboarding.
struct PipelineConfigCheck: Check {
    let name = "dryrun_config"
    let severity = CheckSeverity.advisory

    func run(_ subject: CheckSubject) -> CheckFinding {
        do {
            let pipeline = try subject.environment.pipeline()
            return .passed("pipeline \(pipeline.pipelineID) is readable", [
                "pipeline_id": .string(pipeline.pipelineID),
                "steps": .array(pipeline.steps.map { .string($0.stepID) }),
            ])
        } catch {
            return .failed("invalid_pipeline", error.description)
        }
    }
}
