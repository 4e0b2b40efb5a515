// SPDX-License-Identifier: Apache-2.0
import JSON

/// A dry-run as it was asked for. What the checks decide about (id, e-mail address, plan) is still text: a value that they
/// refuse is a failed check, not an error of the request.
public struct DryRunRequest: Sendable, Equatable {
    public let tenantID: String
    public let companyName: String
    public let adminEmail: String
    /// Upper-case.
    public let subscriptionPlan: String

    /// - Throws: `RequestError` for a field that is missing, unknown or of another type, for a NUL in any text, and for a
    ///   company name that is no `CompanyName`.
    public init(_ object: JSONObject) throws(RequestError) {
        var fields = RequestFields(object)
        let tenantID = fields.text(.tenantID)
        let companyName = fields.companyName()
        let adminEmail = fields.text(.adminEmail)
        let plan = fields.text(.subscriptionPlan, default: PlanCatalog.defaultPlan)
        fields.refuseUnknown(known: [.tenantID, .companyName, .adminEmail, .subscriptionPlan])
        guard let tenantID, let companyName, let adminEmail, let plan, fields.errors.isEmpty else {
            throw RequestError(errors: fields.errors)
        }
        self.tenantID = tenantID
        self.companyName = companyName
        self.adminEmail = adminEmail
        subscriptionPlan = PlanCatalog.folded(plan)
    }

    init(_ input: OnboardInput) {
        tenantID = input.tenantID.text
        companyName = input.companyName
        adminEmail = input.adminEmail.text
        subscriptionPlan = input.plan.name
    }
}
