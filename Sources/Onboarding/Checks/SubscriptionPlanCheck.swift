// SPDX-License-Identifier: Apache-2.0
import JSON

struct SubscriptionPlanCheck: Check {
    let name = "subscription_plan"

    func run(_ subject: CheckSubject) -> CheckFinding {
        let catalog = subject.environment.plans()
        if let submitted = subject.job?.plan { return passed(submitted) }
        do {
            return passed(try catalog.plan(named: subject.request.subscriptionPlan))
        } catch {
            return .failed(error.code.rawValue, error.message, ["plans": .array(catalog.names.map(JSONValue.string))])
        }
    }

    private func passed(_ plan: Plan) -> CheckFinding {
        .passed("the plan is \(plan.name)", [
            "daily_limit": .integer(Int64(plan.dailyLimit)), "monthly_limit": .integer(Int64(plan.monthlyLimit)),
            "concurrent_limit": .integer(Int64(plan.concurrentLimit)),
        ])
    }
}
