// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPClient
import JSON

/// A client of the API that keeps its connections.
struct Client: Sendable {
    /// One for all tests: each request that goes on at the same time has a connection of its own.
    private static let http = Result { try HTTPClient(HTTPClient.Options(userAgent: "onboardd-tests")) }

    let url: String
    private let socket: String?
    private let server: DaemonProcess?

    /// - Parameters:
    ///   - url: as in the address file.
    ///   - server: is kept while the client is.
    init(_ url: String, of server: DaemonProcess? = nil) {
        self.server = server
        socket = url.hasPrefix("unix:") ? String(url.dropFirst(5)) : nil
        self.url = socket == nil ? url : "http://localhost"
    }

    func get(_ path: String, _ headers: [(String, String)] = []) async throws -> Answer {
        try await send(.get, path, headers, body: nil)
    }

    func post(_ path: String, _ body: String? = nil, _ headers: [(String, String)] = []) async throws -> Answer {
        try await send(.post, path, headers + (body == nil ? [] : [("Content-Type", "application/json")]), body: body)
    }

    private func send(
        _ method: HTTPClientRequest.Method, _ path: String, _ headers: [(String, String)], body: String?
    ) async throws -> Answer {
        var fields: HTTPClientHeaders = [:]
        for (name, value) in headers { fields.add(name, value) }
        let answer = try await Self.http.get().send(
            HTTPClientRequest(
                method, url + path, headers: fields, body: body.map { Array($0.utf8) }, unixSocket: socket,
                totalTimeout: .seconds(90)))
        return Answer(status: answer.status, headers: answer.headers.fields.map { ($0.name, $0.value) }, body: answer.body)
    }
}

extension Client {
    static func tenant(_ id: String, plan: String = "STARTER", email: String? = nil, more: String = "") -> String {
        let address = email ?? "admin@\(id.lowercased().replacingOccurrences(of: "_", with: "-")).example"
        return #"{"tenant_id":"\#(id)","company_name":"Company \#(id)","admin_email":"\#(address)","subscription_plan":"\#(plan)"\#(more)}"#
    }

    func onboard(
        _ id: String, plan: String = "STARTER", more: String = "", _ headers: [(String, String)] = []
    ) async throws -> Answer {
        try await post("/api/v1/tenants/onboard", Self.tenant(id, plan: plan, more: more), headers)
    }

    /// Onboards a tenant to its end.
    func onboardFully(_ id: String, plan: String = "STARTER") async throws -> Answer {
        try await onboard(id, plan: plan, [("Prefer", "wait=60")])
    }

    func job(_ id: String, wait: Int = 0) async throws -> Answer {
        try await get("/api/v1/jobs/\(id)" + (wait > 0 ? "?wait=\(wait)" : ""))
    }

    /// Follows a job by its ETag until it is as asked.
    func job(_ id: String, until isReached: (JSONValue) -> Bool) async throws -> JSONValue {
        var answer = try await job(id)
        while !isReached(answer.json) {
            let tag = [answer["ETag"].map { ("If-None-Match", $0) }].compactMap(\.self)
            let next = try await get("/api/v1/jobs/\(id)?wait=60", tag)
            guard next.status == 200 else { throw ChildProcess.Failure(description: "\(id) stays as it is: \(answer.text)") }
            answer = next
        }
        return answer.json
    }
}

struct Answer: Sendable {
    let status: Int
    let headers: [(name: String, value: String)]
    let body: [UInt8]

    subscript(header: String) -> String? { headers.first { $0.name.lowercased() == header.lowercased() }?.value }

    var text: String { String(decoding: body, as: UTF8.self) }
    /// Null for what is no JSON.
    var json: JSONValue { (try? JSONValue(parsing: body)) ?? .null }
    var code: String? { json["code"].text }
    var jobID: String { json["job_id"].text ?? "no job in: \(text)" }
}

extension JSONValue {
    init(parsing bytes: [UInt8]) throws {
        self = try JSONScanner.scan(bytes, maxDepth: JSONScanner.deepestSupported, maxBytes: .max)
    }

    /// Null where there is none.
    subscript(name: String) -> JSONValue {
        if case .object(let object) = self { object[name] ?? .null } else { .null }
    }

    var text: String? { if case .string(let text) = self { text } else { nil } }
    var list: [JSONValue] { if case .array(let values) = self { values } else { [] } }
    var names: [String] { if case .object(let object) = self { object.names } else { [] } }

    /// The item of a list whose `member` is `text`.
    func item(_ member: String, _ text: String) -> JSONValue { list.first { $0[member] == .string(text) } ?? .null }
}
