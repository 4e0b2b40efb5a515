// SPDX-License-Identifier: Apache-2.0
import JSON
import Testing
import Time
import Warehouse
import YAML

@testable import Onboarding

@Suite("A dry-run")
struct DryRunTests {
    private static let names = [
        "tenant_id_format", "email_format", "gcp_credentials", "bigquery_connectivity", "subscription_plan", "tenant_existence",
        "central_tables", "dryrun_config",
    ]

    @Test("of a tenant that can be onboarded reports all eight checks in order, and changes nothing")
    func ready() async throws {
        try await Site.with { site in
            let before = try site.contents()
            let report = await site.dryRun().run(try DryRunRequest(body()))
            #expect(report.validationResults.map(\.checkName) == Self.names)
            #expect(report.validationResults.map(\.status) == [.passed, .passed, .skipped, .passed, .passed, .passed, .passed, .passed])
            #expect(report.validationResults.map(\.severity) == Array(repeating: .critical, count: 7) + [.advisory])
            #expect(report.validationResults.allSatisfy { $0.timestamp == site.clock.wall.rfc3339 && $0.error == nil })
            #expect(report.validationResults[2].message.contains("needs no credentials"))
            #expect(report.status == .success && report.readyForOnboarding)
            #expect(report.validationSummary.passed == 7 && report.validationSummary.skipped == 1)
            #expect(try site.contents() == before)
        }
    }

    static let refused: [(field: String, value: String, check: String, code: String)] = [
        ("tenant_id", #""a!""#, "tenant_id_format", "invalid_character"),
        ("tenant_id", #""tenants""#, "tenant_id_format", "reserved"), ("tenant_id", #""SQLite_x""#, "tenant_id_format", "reserved"),
        ("admin_email", #""""#, "email_format", "empty"), ("admin_email", #""admin@localhost""#, "email_format", "invalid_format"),
        ("subscription_plan", #""GOLD""#, "subscription_plan", "unknown_plan"),
    ]

    @Test("fails the check of a value that breaks a rule, and runs all the others")
    func refusedValues() async throws {
        try await Site.with { site in
            for (field, value, check, code) in Self.refused {
                let report = await site.dryRun().run(try DryRunRequest(body([field: value])))
                let failed = report.validationResults.filter { $0.status == .failed }
                #expect(failed.map(\.checkName) == [check], "\(field) \(value)")
                #expect(failed.first?.error == code)
                #expect(!report.readyForOnboarding && report.validationSummary.totalChecks == 8)
                let existence = report.validationResults[5]
                #expect(existence.status == (field == "tenant_id" ? .skipped : .passed))
                if field == "tenant_id" { #expect(existence.message.contains("see tenant_id_format")) }
            }
        }
    }

    @Test("names the plans that there are, and the limits of the one that was chosen")
    func plans() async throws {
        try await Site.with { site in
            let unknown = await site.dryRun().run(try DryRunRequest(body(["subscription_plan": #""GOLD""#]))).validationResults[4]
            #expect(unknown.details["plans"] == .array([.string("STARTER"), .string("PROFESSIONAL"), .string("SCALE")]))
            let known = await site.dryRun().run(try DryRunRequest(body(["subscription_plan": #""scale""#]))).validationResults[4]
            #expect(known.details == [
                "daily_limit": .integer(100), "monthly_limit": .integer(3000), "concurrent_limit": .integer(10),
            ])
        }
    }

    @Test("without the central tables names them and the command that makes them")
    func missingTables() async throws {
        try await Site.with { site in
            var missing: [JSONValue] = []
            for table in CentralSchema.tables {
                try site.changeCentral("DROP TABLE \(table.name)")
                missing.append(.string(table.name))
                let report = await site.dryRun().run(try DryRunRequest(body()))
                let check = try #require(report.validationResults.first { $0.checkName == "central_tables" })
                #expect(check.status == .failed && check.error == "central_tables_differ" && !report.readyForOnboarding)
                #expect(check.message.contains("table \(table.name) is missing") && check.message.hasSuffix("run 'onboardd bootstrap'"))
                #expect(check.details["missing_tables"] == .array(missing))
            }
        }
    }

    @Test("on a central table with other columns says that bootstrap does not help")
    func differentColumn() async throws {
        try await Site.with { site in
            try site.changeCentral("ALTER TABLE tenant_profiles DROP COLUMN updated_at")
            let report = await site.dryRun().run(try DryRunRequest(body()))
            let check = report.validationResults[6]
            #expect(check.status == .failed && check.details["missing_tables"] == .array([]))
            #expect(check.message.contains("table tenant_profiles lacks column updated_at TIMESTAMP"))
            #expect(check.message.contains("alter it by hand"))
        }
    }

    @Test("before the first bootstrap fails and names it")
    func notBootstrapped() async throws {
        try await Site.with(instance: "") { site in
            let report = await site.dryRun().run(try DryRunRequest(body()))
            #expect(!report.readyForOnboarding && report.validationResults[6].message.contains("onboardd bootstrap"))
        }
    }

    @Test("stays ready where only the advisory check fails, and says so")
    func advisory() async throws {
        try await Site.with { site in
            let dryRun = site.dryRun { () throws(YAMLError) in
                throw YAMLError(file: "dryrun.yml", mark: YAMLMark(line: 3, column: 5), message: "`steps` is missing here")
            }
            let report = await dryRun.run(try DryRunRequest(body()))
            let check = report.validationResults[7]
            #expect(check.status == .failed && check.passed == false && check.message == "dryrun.yml:3:5: `steps` is missing here")
            #expect(report.readyForOnboarding && report.status == .success && report.validationSummary.allPassed)
            #expect(report.validationSummary.failed == 1 && report.message.contains("dryrun_config"))
        }
    }

    @Test("is reported under the id it is put on record by")
    func jobID() async throws {
        try await Site.with { site in
            let id = site.store.drawJobID(), request = try DryRunRequest(body())
            #expect(await site.dryRun().run(request, jobID: id).jobID == id.text)
            #expect(await site.dryRun().run(request).jobID == nil)
        }
    }
}
