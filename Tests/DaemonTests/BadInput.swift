// SPDX-License-Identifier: Apache-2.0

/// A request that must be refused, and how.
struct BadInput: Sendable {
    let name: String
    let bytes: [UInt8]
    let status: Int
    /// nil for what the library answers by itself.
    let code: String?
    var field: String?
    /// The server ends the connection after its answer.
    var ends = false
    var isHead = false

    static let all = [
        onboardBodies, onboardFields, tenantIDs, emails, companies, forces, jobBodies, otherBodies, queries, framing, hosts, badHosts, origins,
        proxies, noRoutes, wrongMethods, badPaths, noTenants, noJobs, parameters,
    ].flatMap(\.self)

    /// - Parameter headers: in the place of `Host`, where there is one, and behind it.
    init(
        _ name: String, _ line: String, _ headers: [String] = [], body: [UInt8]? = nil, sendsLength: Bool = true,
        gets status: Int, _ code: String?, _ field: String? = nil, ends: Bool = false
    ) {
        var lines = ["\(line) HTTP/1.1"] + (headers.contains { $0.hasPrefix("Host:") } ? [] : ["Host: localhost"]) + headers
        if let body, sendsLength { lines.append("Content-Length: \(body.count)") }
        self.name = name
        bytes = Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8) + (body ?? [])
        (self.status, self.code, self.field, self.ends) = (status, code, field, ends)
        isHead = line.hasPrefix("HEAD")
    }

    static let json = "Content-Type: application/json"

    static func onboard(
        _ name: String, _ body: some Sequence<UInt8>, _ status: Int, _ code: String?, _ field: String? = nil, ends: Bool = false
    ) -> BadInput {
        BadInput(name, "POST /api/v1/tenants/onboard", [json], body: Array(body), gets: status, code, field, ends: ends)
    }

    /// A request that would be good, with one member changed, added (a new name) or left out (nil).
    static func onboard(_ member: String, _ value: String?, _ code: String = "invalid_request", _ status: Int = 422) -> BadInput {
        var members = ["tenant_id": #""good_one""#, "company_name": #""Good Company""#, "admin_email": #""a@b.example""#]
        members[member] = value
        let body = "{" + members.sorted { $0.key < $1.key }.map { "\"\($0.key)\":\($0.value)" }.joined(separator: ",") + "}"
        return onboard("\(member): \(value ?? "left out")", body.utf8, status, code, status == 422 ? member : nil)
    }
}
