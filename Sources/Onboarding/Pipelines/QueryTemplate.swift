// SPDX-License-Identifier: Apache-2.0
import Warehouse

/// A query with `{placeholders}`. They become bound parameters, never text of the query: a value can't change what the query
/// does.
public struct QueryTemplate: Sendable, Equatable {
    /// What can be asked for. Each value is a text.
    public enum Placeholder: String, CaseIterable, Sendable {
        case tenantID = "tenant_id"
        /// The same as the tenant's id.
        case datasetID = "dataset_id"
        case pipelineID = "pipeline_id"
        case runID = "run_id"
        /// RFC 3339, UTC.
        case runTime = "run_time"
    }

    /// With `@name` in place of `{name}`.
    public let sql: String
    public let placeholders: Set<Placeholder>

    /// Why a text is no template.
    struct Fault: Error {
        let message: String
    }

    init(_ text: String) throws(Fault) {
        var reader = TemplateReader(text: Array(text.utf8))
        try reader.read()
        sql = String(decoding: reader.sql, as: UTF8.self)
        placeholders = reader.placeholders
    }

    func query(_ value: (Placeholder) -> String) -> Query {
        Query(sql, parameters: Dictionary(uniqueKeysWithValues: placeholders.map { ($0.rawValue, .string(value($0))) }))
    }
}

/// Goes through SQL just far enough to tell code from quoted text and comments.
private struct TemplateReader {
    let text: [UInt8]
    var offset = 0
    var sql: [UInt8] = []
    var placeholders: Set<QueryTemplate.Placeholder> = []

    mutating func read() throws(QueryTemplate.Fault) {
        while offset < text.count {
            let byte = text[offset]
            switch byte {
            case UInt8(ascii: "'"), UInt8(ascii: "\""), UInt8(ascii: "`"): try quoted(by: byte)
            case UInt8(ascii: "-") where starts("--"): comment(upTo: "\n")
            case UInt8(ascii: "/") where starts("/*"): comment(upTo: "*/")
            case UInt8(ascii: "{"): try placeholder()
            case UInt8(ascii: "@"), UInt8(ascii: "?"), UInt8(ascii: "$"), UInt8(ascii: "}"):
                throw fault("`\(Character(Unicode.Scalar(byte)))` outside of quotes: write a value as {name}")
            default: copy(1)
            }
        }
    }

    /// A doubled quote begins the next quoted text at once, which comes to the same.
    private mutating func quoted(by quote: UInt8) throws(QueryTemplate.Fault) {
        guard let end = text[(offset + 1)...].firstIndex(of: quote) else {
            throw fault("a quote `\(Character(Unicode.Scalar(quote)))` is not closed")
        }
        let inside = String(decoding: text[offset..<end], as: UTF8.self)
        if let name = QueryTemplate.Placeholder.allCases.first(where: { inside.contains("{\($0.rawValue)}") }) {
            throw fault("{\(name.rawValue)} stands inside quotes, where it is text: write it without quotes, joined by ||")
        }
        copy(end + 1 - offset)
    }

    /// Comments are left out.
    private mutating func comment(upTo end: String) {
        offset += 2
        while offset < text.count, !starts(end) { offset += 1 }
        offset = min(offset + end.utf8.count, text.count)
        sql.append(UInt8(ascii: " "))
    }

    private mutating func placeholder() throws(QueryTemplate.Fault) {
        guard let end = text[offset...].firstIndex(of: UInt8(ascii: "}")) else { throw fault("`{` is not closed by `}`") }
        let name = String(decoding: text[(offset + 1)..<end], as: UTF8.self)
        guard let known = QueryTemplate.Placeholder(rawValue: name) else {
            let names = QueryTemplate.Placeholder.allCases.map { "{\($0.rawValue)}" }
            throw fault("there is no placeholder {\(name.prefix(50))}; known are \(names.joined(separator: ", "))")
        }
        placeholders.insert(known)
        sql += Array("@\(name)".utf8)
        offset = end + 1
    }

    private mutating func copy(_ count: Int) {
        sql += text[offset..<(offset + count)]
        offset += count
    }

    private func starts(_ sign: String) -> Bool { text[offset...].starts(with: sign.utf8) }

    private func fault(_ message: String) -> QueryTemplate.Fault { QueryTemplate.Fault(message: message) }
}
