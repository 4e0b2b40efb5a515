// SPDX-License-Identifier: Apache-2.0
import JSON
import Time

/// An onboarding as it was asked for, with every value valid.
public struct OnboardRequest: Sendable, Equatable {
    public static let priorities = 0...9
    public static let usualPriority = 5

    public let tenantID: TenantID
    public let companyName: String
    public let adminEmail: EmailAddress
    public let plan: Plan
    /// 0-9, 9 is most urgent.
    public let priority: Int
    /// Not before then; nil, or a time that is past: at once.
    public let runAt: WallTime?

    /// - Throws: `OnboardRefusal`.
    public init(_ object: JSONObject, plans: PlanCatalog) throws(OnboardRefusal) {
        var fields = RequestFields(object)
        let tenantID = fields.value(.tenantID) { text throws(InvalidValue) in try TenantID(text) }
        let companyName = fields.companyName()
        let adminEmail = fields.value(.adminEmail) { text throws(InvalidValue) in try EmailAddress(text) }
        let plan = fields.value(.subscriptionPlan, default: PlanCatalog.defaultPlan) { name throws(InvalidValue) in
            try plans.plan(named: name)
        }
        let priority = fields.integer(.priority, in: Self.priorities, default: Self.usualPriority)
        let runAt = fields.time(.runAt)
        let forced = [RequestField.forceRecreateDataset, .forceRecreateTables].filter { fields.flag($0) }
        fields.confirmation(.confirmDataset, isApplicable: !forced.isEmpty)
        fields.refuseUnknown(known: RequestField.allCases)
        guard let tenantID, let companyName, let adminEmail, let plan, let priority, fields.errors.isEmpty else {
            throw .invalid(RequestError(errors: fields.errors))
        }
        guard forced.isEmpty else { throw .adminRequired(fields: forced.map(\.rawValue)) }
        self.tenantID = tenantID
        self.companyName = companyName
        self.adminEmail = adminEmail
        self.plan = plan
        self.priority = priority
        self.runAt = runAt
    }
}

/// Why a body is no onboarding request.
public enum OnboardRefusal: Error, Sendable, Equatable {
    /// For a 422.
    case invalid(RequestError)
    /// For a 403 `admin_required`: it asks to take over what is there (`fields` are the flags that are true).
    case adminRequired(fields: [String])
}
