// SPDX-License-Identifier: Apache-2.0
import Testing
import YAML

@testable import Onboarding

@Suite("dryrun.yml")
struct PipelineConfigTests {
    @Test("as it is shipped appends to the validation table, and is the one built in")
    func shipped() throws {
        let pipeline = try PipelineConfig.read(ShippedFiles.path(PipelineConfig.fileName))
        #expect(try PipelineConfig.builtIn() == pipeline)
        #expect(pipeline.pipelineID == "dryrun")
        #expect(pipeline.steps.map(\.table) == ["onboarding_validation_test"])
        #expect(pipeline.steps.first?.query.placeholders == [.tenantID, .runID, .runTime])
    }

    /// A pipeline whose only step is `step`.
    private static func text(_ step: String) -> String { "pipeline_id: p\nsteps:\n  - \(step)" }

    private static func text(
        id: String = "step_id: s", type: String = "ps_type: gcp.bq_etl", source: String = "source: {query: SELECT 1}",
        destination: String = "destination: {dataset_type: t, table: t, write_mode: append}"
    ) -> String {
        text([id, type, source, destination].joined(separator: "\n    "))
    }

    @Test("may have several steps")
    func several() throws {
        let text = Self.text() + Self.text(id: "step_id: second-2").dropFirst("pipeline_id: p\nsteps:".count)
        let pipeline = try PipelineConfig(yaml: YAMLDocument.parse(text), file: nil)
        #expect(pipeline.steps.map(\.stepID) == ["s", "second-2"])
        #expect(pipeline.description == nil)
    }

    /// The names that the seed system's report warns of.
    static let seedNames = [
        MarkedText("»pipeline: {id: dryrun}", "write `pipeline_id`"),
        MarkedText("»id: dryrun", "write `pipeline_id`"),
        MarkedText(text(id: "»id: s"), "write `step_id`"),
        MarkedText(text(type: "»type: gcp.bq_etl"), "write `ps_type`"),
        MarkedText(text(destination: "»target: {table: t}"), "write `destination`"),
        MarkedText(text(destination: "destination: {»dataset_id: t, table: t, write_mode: append}"), "write `dataset_type`"),
        MarkedText(text(destination: "destination: {dataset_type: t, »table_id: t, write_mode: append}"), "write `table`"),
        MarkedText(
            text(destination: "destination: {dataset_type: t, table: t, »write_disposition: WRITE_APPEND}"), "write `write_mode`"),
    ]

    static let wrong = [
        MarkedText("»[]", "the pipeline is a mapping"),
        MarkedText("»steps: []", "`pipeline_id` is missing"),
        MarkedText("pipeline_id: p\n»retry_attempts: 3\nsteps: []", "no key `retry_attempts`", "known are pipeline_id, description, steps"),
        MarkedText("pipeline_id: »7\nsteps: []", "`pipeline_id` is a text"),
        MarkedText("pipeline_id: »\"\"\nsteps: []", "`pipeline_id` is a text"),
        MarkedText("pipeline_id: »{a: b}\nsteps: []", "`pipeline_id` is a text"),
        MarkedText("pipeline_id: »a b\nsteps: []", "only ASCII letters, digits and _-"),
        MarkedText("pipeline_id: p\ndescription: »7\nsteps: []", "`description` is a text"),
        MarkedText("pipeline_id: p\nsteps: »[]", "a list of at least one step"),
        MarkedText("pipeline_id: p\nsteps: »{}", "a list of at least one step"),
        MarkedText(text("»nothing"), "a step is a mapping"),
        MarkedText(text("»ps_type: gcp.bq_etl"), "`step_id` is missing"),
        MarkedText(text(type: "»retry_policy: {max_retries: 1}"), "no key `retry_policy`", "known are step_id"),
        MarkedText(text(id: "step_id: »s/1"), "only ASCII letters, digits and _-"),
        MarkedText(text(type: "ps_type: »gcp.email"), "no other kind of step is built"),
        MarkedText(text(source: "source: »SELECT 1"), "`source` is a mapping"),
        MarkedText(text(source: "source: {»sql: SELECT 1}"), "write `query`"),
        MarkedText(text(source: "source: {»bq_project_id: p, query: SELECT 1}"), "no key `bq_project_id`"),
        MarkedText(text(source: "source: {query: »'SELECT {nobody}'}"), "no placeholder {nobody}", "{tenant_id}"),
        MarkedText(text(destination: "destination: »{dataset_type: t, write_mode: append}"), "`table` is missing"),
        MarkedText(text(destination: "destination: {dataset_type: t, table: »other.t, write_mode: append}"), "`table` holds only ASCII letters"),
        MarkedText(text(destination: "destination: {dataset_type: t, table: »'t\"; DROP', write_mode: append}"), "`table` holds only ASCII letters"),
        MarkedText(text(destination: "destination: {dataset_type: t, table: t, write_mode: »overwrite}"), "`write_mode` is append"),
        MarkedText(text(destination: "destination: {dataset_type: t, table: t, write_mode: »merge}"), "`write_mode` is append"),
    ]

    @Test("is refused with file, line, column and the fix", arguments: seedNames + wrong)
    func refused(text: MarkedText) {
        text.expectRefusal { root, file throws(YAMLError) in try PipelineConfig(yaml: root, file: file) }
    }

    @Test("has each step's name once")
    func repeatedStep() {
        let second = Self.text(id: "»step_id: s").dropFirst("pipeline_id: p\nsteps:".count)
        MarkedText(Self.text() + second, "step_id `s` stands here a second time").expectRefusal { root, file throws(YAMLError) in
            try PipelineConfig(yaml: root, file: file)
        }
    }
}
