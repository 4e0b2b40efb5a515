// SPDX-License-Identifier: Apache-2.0
import Testing
import YAML

@testable import Onboarding

@Suite("plans.yml")
struct PlanCatalogTests {
    private static let promised = [
        Plan(name: "STARTER", dailyLimit: 6, monthlyLimit: 180, concurrentLimit: 3),
        Plan(name: "PROFESSIONAL", dailyLimit: 25, monthlyLimit: 750, concurrentLimit: 5),
        Plan(name: "SCALE", dailyLimit: 100, monthlyLimit: 3000, concurrentLimit: 10),
    ]

    @Test("as it is shipped, and built in, holds the plans that the contract promises")
    func shipped() throws {
        #expect(try PlanCatalog.read(ShippedFiles.path(PlanCatalog.fileName)).plans == Self.promised)
        #expect(try PlanCatalog.builtIn().plans == Self.promised)
        #expect(PlanCatalog.defaultPlan == "STARTER")
    }

    @Test("names plans that are found without case", arguments: ["SCALE", "scale", "Scale"])
    func lookup(name: String) throws {
        #expect(try PlanCatalog.builtIn().plan(named: name).dailyLimit == 100)
    }

    @Test("has no other plans, and says which there are", arguments: ["", "GOLD", "SCALE ", "\u{17F}cale", "ENTERPRISE"])
    func unknown(name: String) throws {
        let catalog = try PlanCatalog.builtIn()
        #expect {
            try catalog.plan(named: name)
        } throws: { error in
            (error as? InvalidValue)?.code == .unknownPlan
                && (error as? InvalidValue)?.message.contains("STARTER, PROFESSIONAL, SCALE") == true
        }
    }

    @Test("may add plans, in lower case too, with a trial")
    func added() throws {
        let text = """
            plans:
              starter: {daily: 1, monthly: 1, concurrent: 1}
              try_out: {daily: 2, monthly: 20, concurrent: 1, trial_days: 14}
            """
        let catalog = try PlanCatalog(yaml: YAMLDocument.parse(text), file: nil)
        #expect(catalog.names == ["STARTER", "TRY_OUT"])
        #expect(try catalog.plan(named: "Try_Out").trialDays == 14)
        #expect(try catalog.plan(named: "STARTER").trialDays == nil)
    }

    static let wrong = [
        MarkedText("»- STARTER", "is a mapping of keys to values"),
        MarkedText("»{}", "`plans` is missing"),
        MarkedText("»plan:\n  STARTER: {}", "no key `plan`", "write `plans`"),
        MarkedText("plans: »[]", "a mapping of names to limits"),
        MarkedText("plans:\n  »SCALE: {daily: 1, monthly: 1, concurrent: 1}", "plan STARTER is missing"),
        MarkedText("plans:\n  STARTER: {daily: 1, monthly: 1, concurrent: 1}\n  »starter: {daily: 1, monthly: 1, concurrent: 1}", "STARTER stands here a second time"),
        MarkedText("plans:\n  »big plan: {daily: 1, monthly: 1, concurrent: 1}", "1 to 50 ASCII letters"),
        MarkedText("plans:\n  STARTER: »6", "plan STARTER is a mapping"),
        MarkedText("plans:\n  STARTER: »{daily: 6, monthly: 180}", "`concurrent` is missing"),
        MarkedText("plans:\n  STARTER:\n    daily: 6\n    monthly: 180\n    »concurent: 3", "write `concurrent`"),
        MarkedText("plans:\n  STARTER: {»daily_limit: 6, monthly: 180, concurrent: 3}", "write `daily`"),
        MarkedText("plans:\n  STARTER: {daily: 6, »monthly_limit: 180, concurrent: 3}", "write `monthly`"),
        MarkedText("plans:\n  STARTER: {daily: 6, monthly: 180, »concurrent_limit: 3}", "write `concurrent`"),
        MarkedText("plans:\n  STARTER: {daily: 6, monthly: 180, concurrent: 3, »price: 19}", "no key `price`", "known are daily, monthly, concurrent, trial_days"),
        MarkedText("plans:\n  STARTER: {daily: »0, monthly: 180, concurrent: 3}", "`daily` is an integer from 1 to"),
        MarkedText("plans:\n  STARTER: {daily: »-6, monthly: 180, concurrent: 3}", "`daily` is an integer from 1 to"),
        MarkedText("plans:\n  STARTER: {daily: »\"6\", monthly: 180, concurrent: 3}", "`daily` is an integer from 1 to"),
        MarkedText("plans:\n  STARTER: {daily: 6, monthly: »180.5, concurrent: 3}", "`monthly` is an integer from 1 to"),
        MarkedText("plans:\n  STARTER: {daily: 6, monthly: 180, concurrent: »1000000001}", "`concurrent` is an integer from 1 to"),
        MarkedText("plans:\n  STARTER: {daily: 6, monthly: 180, concurrent: 3, trial_days: »0}", "`trial_days` is an integer from 1 to 3650"),
        MarkedText("plans:\n  STARTER: {daily: 6, monthly: 180, concurrent: 3, trial_days: »3651}", "`trial_days` is an integer from 1 to 3650"),
        MarkedText("plans:\n  STARTER: »{daily: 6, monthly: 5, concurrent: 3}", "more runs a day than a month"),
    ]

    @Test("is refused with file, line, column and the fix", arguments: wrong)
    func refused(text: MarkedText) {
        text.expectRefusal { root, file throws(YAMLError) in try PlanCatalog(yaml: root, file: file) }
    }

    @Test("that is not there is named")
    func missing() {
        #expect {
            try PlanCatalog.read("/nowhere/plans.yml")
        } throws: { "\($0)".hasPrefix("/nowhere/plans.yml: ") }
    }
}
