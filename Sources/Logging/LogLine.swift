// SPDX-License-Identifier: Apache-2.0
import FoundationEssentials
import Time

/// An event made fit to be written: escaped, redacted, and short enough for every form below.
struct LogLine: Sendable {
    let time: String
    let level: LogLevel
    let event: String
    let message: String
    let fields: [(name: String, value: LogField.Value)]

    /// The longest line or datagram, its newline included.
    static let limitBytes = 8_192

    init(_ event: LogEvent) {
        time = event.time.rfc3339
        level = event.level
        self.event = event.name.description
        message = safeText(event.message)
        fields = event.fields.map { ($0.name.description, $0.value.safe) }
    }

    private init(_ line: LogLine, textLimit: Int) {
        time = line.time
        level = line.level
        event = line.event
        message = cut(line.message, toBytes: textLimit)
        fields = line.fields.map { ($0.name, $0.value.cut(toBytes: textLimit)) }
    }

    /// `form` of the event, with its texts cut ever shorter until it fits.
    static func fitting(_ event: LogEvent, _ form: (LogLine) -> [UInt8]) -> [UInt8] {
        let whole = LogLine(event)
        for textLimit in [LogEvent.textLimitBytes, 1_024, 256] {
            let bytes = form(LogLine(whole, textLimit: textLimit))
            if bytes.count <= limitBytes { return bytes }
        }
        // 24 fields and a message of 64 bytes each, which JSON may double, always fit.
        return form(LogLine(whole, textLimit: 64))
    }
}

extension LogField.Value {
    fileprivate var safe: LogField.Value {
        switch self {
        case .text(let text): .text(safeText(text))
        case .id(let id): .id(singleLine(id))
        case .integer, .boolean: self
        }
    }

    func cut(toBytes limit: Int) -> LogField.Value {
        switch self {
        case .text(let text): .text(Logging.cut(text, toBytes: limit))
        case .id(let id): .id(Logging.cut(id, toBytes: limit))
        case .integer, .boolean: self
        }
    }

    var text: String {
        switch self {
        case .text(let text), .id(let text): text
        case .integer(let number): String(number)
        case .boolean(let flag): String(flag)
        }
    }
}

// MARK: - JSON

extension LogLine: Encodable {
    /// One JSON object and a newline.
    var json: [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do {
            return try Array(encoder.encode(self)) + [UInt8(ascii: "\n")]
        } catch {
            // Strings, integers and booleans always encode. If they ever don't, the log still says that something was.
            return Array(#"{"event":"log.unencodable","level":"error","message":"an event could not be encoded","time":"\#(time)"}"#.utf8) + [UInt8(ascii: "\n")]
        }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        for field in fields {
            switch field.value {
            case .text(let text), .id(let text): try container.encode(text, forKey: Key(field.name))
            case .integer(let number): try container.encode(number, forKey: Key(field.name))
            case .boolean(let flag): try container.encode(flag, forKey: Key(field.name))
            }
        }
        // Last, so that no field can take their place.
        try container.encode(time, forKey: Key("time"))
        try container.encode(level.rawValue, forKey: Key("level"))
        try container.encode(event, forKey: Key("event"))
        try container.encode(message, forKey: Key("message"))
    }

    private struct Key: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }
        init(_ name: String) { stringValue = name }
        init?(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }
}

// MARK: - Text

extension LogLine {
    /// `2026-11-23T23:40:48.123Z warning job.failed: no answer (job_id=job_1, attempt=3)` and a newline, for people.
    var text: [UInt8] {
        let details = fields.map { "\($0.name)=\($0.value.text)" }.joined(separator: ", ")
        return Array("\(time) \(level.rawValue) \(event): \(message)\(details.isEmpty ? "" : " (\(details))")\n".utf8)
    }
}

// MARK: - Journal

extension LogLine {
    /// A datagram of the journal's native protocol (systemd: docs/JOURNAL_NATIVE_PROTOCOL.md), in its short form
    /// throughout: no value here holds a newline.
    var journalDatagram: [UInt8] {
        var entries = [
            ("MESSAGE", message), ("PRIORITY", String(level.priority)), ("SYSLOG_IDENTIFIER", "onboardd"),
            ("ONBOARDD_EVENT", event),
        ]
        entries += fields.map { (Self.journalName($0.name), $0.value.text) }
        return entries.flatMap { Array("\($0.0)=\($0.1)\n".utf8) }
    }

    /// `job_id`, `tenant_id` and `step` have names that operators filter by; all others get a prefix, so that none can
    /// pass for one of systemd's.
    private static func journalName(_ name: String) -> String {
        let upper = String(decoding: name.utf8.map(journalByte), as: UTF8.self)
        return ["JOB_ID", "TENANT_ID", "STEP"].contains(upper) ? upper : "ONBOARDD_\(upper.prefix(50))"
    }

    private static func journalByte(_ byte: UInt8) -> UInt8 {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"): byte - 32
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"): byte
        default: UInt8(ascii: "_")
        }
    }
}
