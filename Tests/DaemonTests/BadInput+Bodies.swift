// SPDX-License-Identifier: Apache-2.0

/// Bodies that are no JSON object, and fields of an onboarding that are not right.
extension BadInput {
    static let onboardBodies: [BadInput] = [
        onboard("empty body", "".utf8, 400, "malformed_json"),
        onboard("cut off", #"{"tenant_id":"acme"#.utf8, 400, "malformed_json"),
        onboard("no quotes", "{tenant_id:1}".utf8, 400, "malformed_json"),
        onboard("trailing comma", #"{"tenant_id":"abc",}"#.utf8, 400, "malformed_json"),
        onboard("two values", "{}{}".utf8, 400, "malformed_json"),
        onboard("an array", "[]".utf8, 400, "malformed_json"),
        onboard("a text", #""acme_corp""#.utf8, 400, "malformed_json"),
        onboard("null", "null".utf8, 400, "malformed_json"),
        onboard("duplicate key", #"{"tenant_id":"abc","tenant_id":"abd"}"#.utf8, 400, "malformed_json"),
        onboard("duplicate key, escaped", #"{"tenant_id":"abc","tenant\u005fid":"abd"}"#.utf8, 400, "malformed_json"),
        onboard("depth 17", (String(repeating: "[", count: 17) + String(repeating: "]", count: 17)).utf8, 400, "malformed_json"),
        onboard("depth 17 in a member", (#"{"x":"# + String(repeating: "[", count: 16) + String(repeating: "]", count: 16) + "}").utf8, 400, "malformed_json"),
        onboard("depth 10,000", String(repeating: "[", count: 10_000).utf8, 400, "malformed_json"),
        onboard("invalid UTF-8", Array(#"{"tenant_id":""#.utf8) + [0xC3, 0x28] + Array("\"}".utf8), 400, "malformed_json"),
        onboard("overlong UTF-8", Array(#"{"tenant_id":""#.utf8) + [0xC0, 0xAF] + Array("\"}".utf8), 400, "malformed_json"),
        onboard("UTF-16 surrogate", Array(#"{"tenant_id":""#.utf8) + [0xED, 0xA0, 0x80] + Array("\"}".utf8), 400, "malformed_json"),
        onboard("lone surrogate escape", #"{"tenant_id":"\ud800"}"#.utf8, 400, "malformed_json"),
        onboard("raw NUL", Array(#"{"tenant_id":"ac"#.utf8) + [0] + Array("me\"}".utf8), 400, "malformed_json"),
        onboard("raw newline in a text", "{\"tenant_id\":\"ac\nme\"}".utf8, 400, "malformed_json"),
        onboard("byte order mark", [0xEF, 0xBB, 0xBF] + Array("{}".utf8), 400, "malformed_json"),
        onboard("number out of range", #"{"priority":1e999}"#.utf8, 400, "malformed_json"),
        onboard("integer out of range", #"{"priority":99999999999999999999}"#.utf8, 400, "malformed_json"),
        onboard("NaN", #"{"priority":NaN}"#.utf8, 400, "malformed_json"),
        onboard("over 64 KiB", Array(#"{"x":""#.utf8) + Array(repeating: 0x78, count: 65_536), 413, "body_too_large", ends: true),
    ]

    static let onboardFields: [BadInput] = [
        onboard("tenant_id", nil), onboard("company_name", nil), onboard("admin_email", nil),
        onboard("tenant_id", "1"), onboard("tenant_id", "null"), onboard("tenant_id", "{}"), onboard("company_name", "[]"),
        onboard("admin_email", "true"), onboard("subscription_plan", "7"), onboard("priority", "\"5\""), onboard("priority", "10"),
        onboard("priority", "-1"), onboard("priority", "5.0"), onboard("run_at", "\"tomorrow\""), onboard("run_at", "1764028800"),
        onboard("force_recreate_dataset", "1"), onboard("confirm_dataset", "\"good_one\""),
        onboard("plan_name", "\"SCALE\""), onboard("Tenant_id", "\"x\""), onboard("callback_url", "\"https://example.com\""),
        onboard("", "1"), onboard("__proto__", "{}"),
        onboard("subscription_plan", "\"ENTERPRISE\""), onboard("subscription_plan", "\"\""), onboard("subscription_plan", "\"scale \""),
    ]

    static let tenantIDs: [BadInput] = [
        "", "ab", "has space", "has-hyphen", "_leading", "ünïcode", "semi;colon", "../etc", "a'--", "tenants", "Tenants",
        "INFORMATION_SCHEMA", "sqlite_master", "main", "temp", "trailing\\n", "nul\\u0000", String(repeating: "x", count: 51)]
        .map { onboard("tenant_id", "\"\($0)\"") }

    static let emails: [BadInput] = [
        "", "a", "a@", "@b.example", "a@b", "a@@b.example", "a b@c.example", "a@b..example", "a@-b.example", "a@[127.0.0.1]",
        "a@b.1", ".a@b.example", "a\\n@b.example", "a@b.example\\u0000", "ä@b.example", String(repeating: "a", count: 65) + "@b.example"]
        .map { onboard("admin_email", "\"\($0)\"") }

    static let companies: [BadInput] = [
        "", "x", "  ", "x\\ny", "nul\\u0000inside", String(repeating: "x", count: 201)].map { onboard("company_name", "\"\($0)\"") }

    static let forces: [BadInput] = [
        onboard("force_recreate_dataset", "true", "admin_required", 403),
        onboard("force_recreate_tables", "true", "admin_required", 403),
    ]
}
