// SPDX-License-Identifier: Apache-2.0
import JSON
import Testing
import Time

@testable import Onboarding

@Suite("An onboarding's request")
struct OnboardRequestTests {
    private static func request(_ changes: [String: String?] = [:]) throws -> OnboardRequest {
        try OnboardRequest(body(changes), plans: .builtIn())
    }

    /// All that is wrong with it; empty where it is taken.
    private static func faults(_ object: JSONObject) throws -> [FieldError] {
        do {
            _ = try OnboardRequest(object, plans: .builtIn())
            return []
        } catch OnboardRefusal.invalid(let error) {
            return error.errors
        }
    }

    @Test("has typed values, and the usual ones where it says nothing")
    func typed() throws {
        let request = try Self.request(["subscription_plan": nil])
        #expect(request.tenantID.text == "acme_corp" && request.adminEmail.text == "admin@acme.com")
        #expect(request.plan.name == "STARTER" && request.priority == 5 && request.runAt == nil)
        #expect(try Self.request(["subscription_plan": #""scale""#]).plan.concurrentLimit == 10)
    }

    @Test("becomes a job that alone may change its tenant, with the plan's limits as they are now")
    func job() async throws {
        try await Site.with { site in
            let request = try Self.request(["tenant_id": #""ACME_Corp""#, "priority": "9"])
            let job = try request.job(submitter: "tester", outline: site.workflow.outline)
            #expect(job.kind == "tenant.onboard" && job.isExclusive && job.priority == 9)
            #expect(job.subject == "ACME_Corp" && job.subjectKey == "acme_corp")
            #expect(job.input.contains(#""daily_limit":25"#) && job.input.contains(#""tenant_id":"ACME_Corp""#))
        }
    }

    static let wrong: [WrongField] = [
        WrongField("tenant_id", nil, "missing_field"), WrongField("tenant_id", "7", "wrong_type"),
        WrongField("tenant_id", "null", "wrong_type"), WrongField("tenant_id", #""""#, "empty"),
        WrongField("tenant_id", #""ab""#, "too_short"),
        WrongField("tenant_id", "\"\(String(repeating: "a", count: 51))\"", "too_long"),
        WrongField("tenant_id", #""acme-corp""#, "invalid_character"), WrongField("tenant_id", #""acme\n""#, "invalid_character"),
        WrongField("tenant_id", #""Tenants""#, "reserved"), WrongField("tenant_id", #""acme\u0000""#, "nul_character"),
        WrongField("company_name", nil, "missing_field"), WrongField("company_name", "{}", "wrong_type"),
        WrongField("company_name", #""A""#, "too_short"),
        WrongField("company_name", "\"\(String(repeating: "a", count: 201))\"", "too_long"),
        WrongField("company_name", #""Acme\u0000""#, "nul_character"), WrongField("company_name", #""Ac\tme""#, "control_character"),
        WrongField("admin_email", nil, "missing_field"), WrongField("admin_email", "false", "wrong_type"),
        WrongField("admin_email", #""""#, "empty"), WrongField("admin_email", #""admin""#, "invalid_format"),
        WrongField("admin_email", #""a@b.example\u0000""#, "nul_character"),
        WrongField("subscription_plan", "1", "wrong_type"), WrongField("subscription_plan", "null", "wrong_type"),
        WrongField("subscription_plan", #""GOLD""#, "unknown_plan"), WrongField("subscription_plan", #""""#, "unknown_plan"),
        WrongField("subscription_plan", #""SCALE\u0000""#, "nul_character"),
        WrongField("priority", #""5""#, "wrong_type"), WrongField("priority", "5.0", "wrong_type"),
        WrongField("priority", "null", "wrong_type"), WrongField("priority", "-1", "out_of_range"),
        WrongField("priority", "10", "out_of_range"), WrongField("priority", "9223372036854775807", "out_of_range"),
        WrongField("run_at", "1790000000", "wrong_type"), WrongField("run_at", #""tomorrow""#, "not_a_time"),
        WrongField("run_at", #""""#, "not_a_time"), WrongField("run_at", #""2031-11-23""#, "not_a_time"),
        WrongField("run_at", #""2031-11-23T08:30:00""#, "not_a_time"), WrongField("run_at", #""2031-11-23 08:30:00Z""#, "not_a_time"),
        WrongField("run_at", #""2031-02-30T08:30:00Z""#, "not_a_time"), WrongField("run_at", #""2031-11-23T24:00:00Z""#, "not_a_time"),
        WrongField("run_at", #""2031-11-23T08:30:00Z\u0000""#, "nul_character"),
        WrongField("force_recreate_dataset", #""true""#, "wrong_type"), WrongField("force_recreate_dataset", "1", "wrong_type"),
        WrongField("force_recreate_tables", "null", "wrong_type"),
        WrongField("confirm_dataset", "true", "wrong_type"), WrongField("confirm_dataset", #""acme_corp""#, "not_applicable"),
        WrongField("callback_url", #""https://a.example""#, "unknown_field"), WrongField("plan_name", #""SCALE""#, "unknown_field"),
        WrongField("", "1", "unknown_field"),
    ]

    @Test("is refused for one wrong field, which alone is named, and not its value", arguments: wrong)
    func refused(wrong: WrongField) throws {
        let faults = try Self.faults(body([wrong.field: wrong.value]))
        #expect(faults.map(\.field) == [wrong.field])
        #expect(faults.map(\.code.rawValue) == [wrong.code])
        if let value = wrong.value, value.count > 6, value.hasPrefix("\"") {
            #expect(faults.allSatisfy { !$0.message.contains(value.dropFirst().dropLast()) })
        }
    }

    @Test("is refused for all that is wrong with it at once, known fields first")
    func allAtOnce() throws {
        let faults = try Self.faults(
            body([
                "tenant_id": "7", "company_name": #""A""#, "admin_email": nil, "subscription_plan": #""GOLD""#, "priority": "11",
                "run_at": #""soon""#, "force_recreate_dataset": "1", "force_recreate_tables": "0", "confirm_dataset": #""x""#,
                "callback_url": "1", "zip": "1",
            ]))
        #expect(faults.map(\.field) == [
            "tenant_id", "company_name", "admin_email", "subscription_plan", "priority", "run_at", "force_recreate_dataset",
            "force_recreate_tables", "confirm_dataset", "callback_url", "zip",
        ])
        #expect(faults.map(\.code.rawValue) == [
            "wrong_type", "too_short", "missing_field", "unknown_plan", "out_of_range", "not_a_time", "wrong_type", "wrong_type",
            "not_applicable", "unknown_field", "unknown_field",
        ])
    }

    @Test("is refused with no more errors than help")
    func manyFaults() throws {
        let unknown = Dictionary(uniqueKeysWithValues: (100..<200).map { ("field\($0)", String?.some("1")) })
        #expect(try Self.faults(body(unknown)).count == RequestError.maxErrors)
    }

    @Test("names the field that an unknown one was meant to be", arguments: [
        ("plan_name", "subscription_plan"), ("plan", "subscription_plan"), ("Plan_Name", "subscription_plan"), ("email", "admin_email"),
        ("company", "company_name"), ("tenantid", "tenant_id"), ("TENANT_ID", "tenant_id"), ("admin_mail", "admin_email"),
        ("priorty", "priority"), ("force_recreate_datasets", "force_recreate_dataset"),
    ])
    func didYouMean(written: String, meant: String) throws {
        let fault = try #require(try Self.faults(body([written: "1"])).first { $0.field == written })
        #expect(fault.message == "there is no field \"\(written)\"; did you mean \(meant)?")
    }

    @Test("guesses nothing where nothing is near", arguments: ["callback_url", "default_currency", "x", String(repeating: "tenant_id", count: 20)])
    func noGuess(written: String) throws {
        let fault = try #require(try Self.faults(body([written: "1"])).first)
        #expect(fault.message == "there is no field \"\(written.prefix(64))\"")
    }

    @Test("may not begin before a time of RFC 3339", arguments: [
        ("2026-11-23T08:30:00Z", 0), ("2026-11-23T08:30:00.5Z", 500), ("2026-11-23T09:30:00+01:00", 0),
        ("2026-11-23T03:00:00.1239-05:30", 123), ("2026-11-23T08:30:00-00:00", 0),
    ])
    func runAt(text: String, milliseconds: Int64) throws {
        #expect(try Self.request(["run_at": "\"\(text)\""]).runAt == WallTime(milliseconds: 1_795_422_600_000 + milliseconds))
    }

    @Test("has a priority from 0 to 9", arguments: 0...9)
    func priority(_ priority: Int) throws {
        #expect(try Self.request(["priority": "\(priority)"]).priority == priority)
    }
}

@Suite("A force flag")
struct ForceFlagTests {
    private static let flags: [(changes: [String: String], fields: [String])] = [
        (["force_recreate_dataset": "true"], ["force_recreate_dataset"]),
        (["force_recreate_tables": "true", "force_recreate_dataset": "false"], ["force_recreate_tables"]),
        (["force_recreate_tables": "true", "force_recreate_dataset": "true"], ["force_recreate_dataset", "force_recreate_tables"]),
        (["force_recreate_tables": "true", "confirm_dataset": #""acme_corp""#], ["force_recreate_tables"]),
    ]

    @Test("asks for a right that nobody has yet: a refusal of its own, with the flags that are true", arguments: flags)
    func refused(changes: [String: String], fields: [String]) throws {
        #expect(throws: OnboardRefusal.adminRequired(fields: fields)) {
            try OnboardRequest(body(changes.mapValues(Optional.some)), plans: .builtIn())
        }
    }

    @Test("that is false asks for nothing")
    func off() throws {
        _ = try OnboardRequest(body(["force_recreate_tables": "false", "force_recreate_dataset": "false"]), plans: .builtIn())
    }

    @Test("in a body that is wrong elsewhere is not what is wrong")
    func invalidFirst() throws {
        #expect {
            try OnboardRequest(body(["force_recreate_tables": "true", "priority": "10"]), plans: .builtIn())
        } throws: { error in
            guard case OnboardRefusal.invalid(let error) = error else { return false }
            return error.errors.map(\.field) == ["priority"]
        }
    }

    @Test("is what a confirmation belongs to")
    func confirmation() throws {
        #expect {
            try OnboardRequest(
                body(["force_recreate_tables": "false", "confirm_dataset": #""acme_corp""#]), plans: .builtIn())
        } throws: { error in
            guard case OnboardRefusal.invalid(let error) = error else { return false }
            return error.errors.map(\.code) == [.notApplicable]
        }
    }
}
