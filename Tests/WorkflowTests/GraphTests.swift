// SPDX-License-Identifier: Apache-2.0
import Testing
@testable import Workflow

@Suite("A workflow's graph")
struct GraphTests {
    private func make(_ steps: StepDefinition<String>...) throws(WorkflowError) -> Workflow<String> {
        try Workflow(kind: "test", steps: steps, decode: { $0 }, result: { _, _ in "{}" })
    }

    @Test("is refused where a step depends on what does not stand before it: itself, a later one, none")
    func unknown() {
        for (name, dependency) in [("a", "a"), ("a", "b"), ("a", "nowhere")] {
            #expect(throws: WorkflowError.unknownDependency(step: name, dependency: dependency)) {
                try make(.plain(name, after: [dependency]), .plain("b"))
            }
        }
    }

    @Test("is refused where a name stands twice")
    func twice() {
        #expect(throws: WorkflowError.duplicateStep("a")) { try make(.plain("a"), .plain("b"), .plain("a")) }
    }

    @Test("shows names, phases, dependencies and the largest number of attempts")
    func outline() throws {
        let outline = try make(.traceless("a"), .plain("b", after: ["a"], policy: StepPolicy(attempts: 9))).outline
        #expect(outline.steps.map(\.name) == ["a", "b"] && outline.steps[1].dependsOn == ["a"])
        #expect(outline.steps.map(\.phase) == [.dryrun, .onboard] && outline.maxAttempts == 9)
    }
}
