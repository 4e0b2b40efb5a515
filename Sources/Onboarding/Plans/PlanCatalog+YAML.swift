// SPDX-License-Identifier: Apache-2.0
import Configs
import YAML

extension PlanCatalog {
    public static let fileName = "plans.yml"

    /// The copy of the shipped file that is built in.
    public static func builtIn() throws(YAMLError) -> PlanCatalog {
        try PlanCatalog(yaml: YAMLDocument.parse(ShippedFile.plans, file: "\(fileName) (built in)"), file: "\(fileName) (built in)")
    }

    /// - Throws: `YAMLError` with file, line and column of what can't be.
    public static func read(_ path: String) throws(YAMLError) -> PlanCatalog {
        try PlanCatalog(yaml: YAMLDocument.read(path), file: path)
    }

    init(yaml root: YAMLNode, file: String?) throws(YAMLError) {
        let top = try StrictMapping(root, file: file, what: "the file", known: ["plans"])
        let list = try top.needed("plans")
        guard let members = list.mapping else { throw top.error("`plans` is a mapping of names to limits", list.mark) }
        var plans: [Plan] = []
        for (key, value) in members {
            let plan = try Self.plan(key, value, file: file)
            guard !plans.contains(where: { $0.name == plan.name }) else {
                throw top.error("plan \(plan.name) stands here a second time: names are compared without case", key.mark)
            }
            plans.append(plan)
        }
        guard plans.contains(where: { $0.name == Self.defaultPlan }) else {
            throw top.error("plan \(Self.defaultPlan) is missing: requests that name no plan get it", list.mark)
        }
        self.init(plans: plans)
    }

    private static func plan(_ key: YAMLNode, _ value: YAMLNode, file: String?) throws(YAMLError) -> Plan {
        let name = folded(key.scalar?.text ?? "")
        guard (1...maxNameBytes).contains(name.utf8.count), name.utf8.allSatisfy(isNameByte) else {
            throw YAMLError(
                file: file, mark: key.mark,
                message: "a plan's name has 1 to \(maxNameBytes) ASCII letters, digits and underscores")
        }
        let limits = try StrictMapping(
            value, file: file, what: "plan \(name)", known: ["daily", "monthly", "concurrent", "trial_days"],
            instead: ["daily_limit": "daily", "monthly_limit": "monthly", "concurrent_limit": "concurrent"])
        let plan = Plan(
            name: name, dailyLimit: try limits.integer("daily", in: limitRange),
            monthlyLimit: try limits.integer("monthly", in: limitRange),
            concurrentLimit: try limits.integer("concurrent", in: limitRange),
            trialDays: limits["trial_days"] == nil ? nil : try limits.integer("trial_days", in: 1...3_650))
        guard plan.monthlyLimit >= plan.dailyLimit else {
            throw limits.error("plan \(name) allows more runs a day than a month", value.mark)
        }
        return plan
    }

    private static let maxNameBytes = 50
    private static let limitRange = 1...1_000_000_000

    private static func isNameByte(_ byte: UInt8) -> Bool {
        (0x41...0x5A).contains(byte) || (0x30...0x39).contains(byte) || byte == UInt8(ascii: "_")
    }
}
