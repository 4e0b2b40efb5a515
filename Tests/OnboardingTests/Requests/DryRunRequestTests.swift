// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Onboarding

@Suite("A dry-run's request")
struct DryRunRequestTests {
    @Test("keeps what the checks decide about as text")
    func undecided() throws {
        let request = try DryRunRequest(
            body(["tenant_id": #""a!""#, "admin_email": #""""#, "subscription_plan": #""gold""#]))
        #expect(request.tenantID == "a!" && request.adminEmail == "" && request.subscriptionPlan == "GOLD")
        #expect(request.companyName == "Acme Corporation")
    }

    @Test("without a plan is one for STARTER")
    func defaultPlan() throws {
        #expect(try DryRunRequest(body(["subscription_plan": nil])).subscriptionPlan == "STARTER")
    }

    static let wrong: [WrongField] = [
        WrongField("tenant_id", nil, "missing_field"), WrongField("tenant_id", "7", "wrong_type"),
        WrongField("tenant_id", "null", "wrong_type"), WrongField("tenant_id", #""acme\u0000""#, "nul_character"),
        WrongField("company_name", nil, "missing_field"), WrongField("company_name", "[]", "wrong_type"),
        WrongField("company_name", #""A""#, "too_short"), WrongField("company_name", #""Ac\u0000me""#, "nul_character"),
        WrongField("company_name", #""Ac\nme""#, "control_character"),
        WrongField("admin_email", nil, "missing_field"), WrongField("admin_email", "true", "wrong_type"),
        WrongField("admin_email", #""\u0000""#, "nul_character"),
        WrongField("subscription_plan", "1", "wrong_type"), WrongField("subscription_plan", "null", "wrong_type"),
        WrongField("subscription_plan", #""SCALE\u0000""#, "nul_character"),
        WrongField("priority", "5", "unknown_field"), WrongField("run_at", #""2026-11-23T08:30:00Z""#, "unknown_field"),
        WrongField("force_recreate_dataset", "false", "unknown_field"), WrongField("callback_url", #""https://a.example""#, "unknown_field"),
    ]

    @Test("is refused for a field that can't be read", arguments: wrong)
    func refused(wrong: WrongField) throws {
        let error = try #require(throws: RequestError.self) { try DryRunRequest(body([wrong.field: wrong.value])) }
        #expect(error.errors.map(\.field) == [wrong.field])
        #expect(error.errors.map(\.code.rawValue) == [wrong.code])
    }
}
