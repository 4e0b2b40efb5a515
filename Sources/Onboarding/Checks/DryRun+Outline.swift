// SPDX-License-Identifier: Apache-2.0
import Workflow

extension DryRun {
    /// The kind under which a dry-run is put on record.
    public static let kind = "tenant.dryrun"

    /// A dry-run's checks, shown as the steps of its job.
    public static let outline = WorkflowOutline(
        kind: kind, steps: checks.map { WorkflowOutline.Step(name: $0.name, phase: .dryrun, dependsOn: []) }, maxAttempts: 1)
}
