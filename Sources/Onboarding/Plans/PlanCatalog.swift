// SPDX-License-Identifier: Apache-2.0

/// The plans that can be subscribed to, as `plans.yml` tells.
public struct PlanCatalog: Sendable, Equatable {
    /// What a request that names no plan gets.
    public static let defaultPlan = "STARTER"

    /// In the order of the file; `defaultPlan` is among them, and no name stands twice.
    public let plans: [Plan]

    init(plans: [Plan]) { self.plans = plans }

    public var names: [String] { plans.map(\.name) }

    /// The plan of this name, however it is written.
    /// - Throws: `InvalidValue` `.unknownPlan` naming those that there are.
    public func plan(named name: String) throws(InvalidValue) -> Plan {
        let wanted = Self.folded(name)
        guard let plan = plans.first(where: { $0.name == wanted }) else {
            throw InvalidValue(.unknownPlan, "there is no such plan; choose one of \(names.joined(separator: ", "))")
        }
        return plan
    }

    /// Upper-case in ASCII; other letters stay as they are, so that no other letter is taken for one of a plan's name.
    static func folded(_ name: String) -> String {
        String(decoding: name.utf8.map { (0x61...0x7A).contains($0) ? $0 & 0xDF : $0 }, as: UTF8.self)
    }
}
