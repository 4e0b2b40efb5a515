// SPDX-License-Identifier: Apache-2.0
import Configs
import YAML

extension PipelineConfig {
    public static let fileName = "setup/dryrun/dryrun.yml"

    /// The copy of the shipped dry-run pipeline that is built in.
    public static func builtIn() throws(YAMLError) -> PipelineConfig {
        let file = "\(fileName) (built in)"
        return try PipelineConfig(yaml: YAMLDocument.parse(ShippedFile.dryrun, file: file), file: file)
    }

    /// - Throws: `YAMLError` with file, line and column of what can't be.
    public static func read(_ path: String) throws(YAMLError) -> PipelineConfig {
        try PipelineConfig(yaml: YAMLDocument.read(path), file: path)
    }

    init(yaml root: YAMLNode, file: String?) throws(YAMLError) {
        let top = try StrictMapping(
            root, file: file, what: "the pipeline", known: ["pipeline_id", "description", "steps"],
            instead: ["pipeline": "pipeline_id", "id": "pipeline_id", "name": "pipeline_id"])
        pipelineID = try top.name("pipeline_id", allowing: "-")
        description = top["description"] == nil ? nil : try top.text("description")
        let list = try top.needed("steps")
        guard let nodes = list.sequence, !nodes.isEmpty else {
            throw top.error("`steps` is a list of at least one step", list.mark)
        }
        var steps: [Step] = []
        for node in nodes {
            let step = try Step(yaml: node, file: file)
            guard !steps.contains(where: { $0.stepID == step.stepID }) else {
                throw top.error("step_id `\(step.stepID)` stands here a second time", node.mark)
            }
            steps.append(step)
        }
        self.steps = steps
    }
}

extension PipelineConfig.Step {
    fileprivate init(yaml node: YAMLNode, file: String?) throws(YAMLError) {
        let step = try StrictMapping(
            node, file: file, what: "a step", known: ["step_id", "ps_type", "source", "destination"],
            instead: ["id": "step_id", "name": "step_id", "type": "ps_type", "target": "destination", "query": "source"])
        stepID = try step.name("step_id", allowing: "-")
        let type = try step.text("ps_type")
        guard type == PipelineConfig.stepType else {
            throw step.error("`ps_type` is \(PipelineConfig.stepType): no other kind of step is built", try step.needed("ps_type").mark)
        }
        query = try Self.query(step, file: file)
        table = try Self.table(step, file: file)
    }

    private static func query(_ step: StrictMapping, file: String?) throws(YAMLError) -> QueryTemplate {
        let source = try StrictMapping(
            try step.needed("source"), file: file, what: "`source`", known: ["query"], instead: ["sql": "query"])
        let text = try source.text("query")
        do {
            return try QueryTemplate(text)
        } catch {
            throw source.error("`query`: \(error.message)", try source.needed("query").mark)
        }
    }

    private static func table(_ step: StrictMapping, file: String?) throws(YAMLError) -> String {
        let destination = try StrictMapping(
            try step.needed("destination"), file: file, what: "`destination`", known: ["dataset_type", "table", "write_mode"],
            instead: [
                "dataset_id": "dataset_type", "dataset": "dataset_type", "table_id": "table", "write_disposition": "write_mode",
            ])
        _ = try destination.name("dataset_type")
        let mode = try destination.text("write_mode")
        guard mode == "append" else {
            throw destination.error(
                "`write_mode` is append: a pipeline replaces or merges nothing", try destination.needed("write_mode").mark)
        }
        return try destination.name("table")
    }
}

extension StrictMapping {
    /// A text that can name a thing in a warehouse.
    fileprivate func name(_ key: String, allowing more: String = "") throws(YAMLError) -> String {
        let name = try text(key)
        let isAllowed = { (byte: UInt8) in
            (0x61...0x7A).contains(byte | 0x20) && byte < 0x80 || (0x30...0x39).contains(byte) || "_\(more)".utf8.contains(byte)
        }
        guard name.utf8.count <= 200, name.utf8.allSatisfy(isAllowed) else {
            throw error("`\(key)` holds only ASCII letters, digits and _\(more)", try needed(key).mark)
        }
        return name
    }
}
