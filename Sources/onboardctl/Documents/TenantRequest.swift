// SPDX-License-Identifier: Apache-2.0
import CommandTable
import FoundationEssentials

/// The body of `submit` and `dryrun`: a file as it is, or made from options.
enum TenantRequest {
    static let file = Positional("FILE", summary: "the request as JSON; - reads standard input", isOptional: true)
    static let tenantID = Option("tenant-id", .text("ID"), summary: "3-50 letters, digits, underscores")
    static let companyName = Option("company-name", .text("NAME"), summary: "2-200 characters")
    static let adminEmail = Option("admin-email", .text("ADDRESS"), summary: "who is written to")
    static let plan = Option("subscription-plan", .text("PLAN"), summary: "STARTER (default), PROFESSIONAL or SCALE")
    static let priority = Option("priority", .integer("N", 0...9), summary: "9 is most urgent; the default is 5")
    static let runAt = Option("run-at", .text("TIME"), summary: "not before this time: 2026-01-31T09:00:00Z")
    static let idempotencyKey = Option(
        "idempotency-key", .text("KEY"), summary: "the same key and request again is answered, not done again")

    static let options = [tenantID, companyName, adminEmail, plan]

    private struct Body: Encodable {
        let tenant_id: String
        let company_name: String
        let admin_email: String
        let subscription_plan: String?
        let priority: Int?
        let run_at: String?
    }

    /// The server takes 64 KiB; what is a little over it shall have its answer, not ours.
    private static let fileLimitBytes = 1 << 20

    static func body(_ arguments: Arguments) throws -> [UInt8] {
        let given = (options + [priority, runAt]).filter { arguments.text($0) != nil }
        if let path = arguments.text(file) {
            guard given.isEmpty else { throw UsageError("FILE holds the whole request: leave out --\(given[0].name)") }
            return try InputFile(path: path).bytes(limitBytes: fileLimitBytes)
        }
        let missing = [tenantID, companyName, adminEmail].filter { arguments.text($0) == nil }
        guard missing.isEmpty else {
            let names = missing.map { "--\($0.name)" }.joined(separator: ", ")
            throw UsageError("give the request as FILE (or -), or by options: missing \(names)")
        }
        let body = Body(
            tenant_id: arguments.text(tenantID) ?? "", company_name: arguments.text(companyName) ?? "",
            admin_email: arguments.text(adminEmail) ?? "", subscription_plan: arguments.text(plan),
            priority: arguments.integer(priority), run_at: arguments.text(runAt))
        // The same request is always the same bytes: an idempotency key stands for them.
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return Array(try encoder.encode(body))
    }
}
