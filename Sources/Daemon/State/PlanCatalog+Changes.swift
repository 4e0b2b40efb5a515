// SPDX-License-Identifier: Apache-2.0
import Onboarding

extension PlanCatalog {
    /// What differs, a line for each plan, for the log of a reload.
    func changes(from old: PlanCatalog) -> [String] {
        let gone = old.plans.filter { !names.contains($0.name) }.map { "plan \($0.name) is gone" }
        return gone + plans.compactMap { plan in
            guard let before = old.plans.first(where: { $0.name == plan.name }) else { return "plan \(plan.name): \(plan.limits) is new" }
            return before == plan ? nil : "plan \(plan.name): \(before.limits) -> \(plan.limits)"
        }
    }
}

extension Plan {
    /// `6 a day, 180 a month, 3 at once`
    fileprivate var limits: String {
        "\(dailyLimit) a day, \(monthlyLimit) a month, \(concurrentLimit) at once"
            + (trialDays.map { ", a trial of \($0) days" } ?? "")
    }
}
