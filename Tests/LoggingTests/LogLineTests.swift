// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing
import Time

@testable import Logging

@Suite struct LogLineTests {
    let time = WallTime(milliseconds: 1_795_477_248_123)

    @Test("is one JSON object with the fixed keys and the fields")
    func json() throws {
        let line = LogLine(event("no \"answer\"\n", .job("job_1"), LogField("attempt", 3), LogField("retryable", true)))
        #expect(String(decoding: line.json, as: UTF8.self) == #"{"attempt":3,"event":"job.failed","job_id":"job_1","level":"warning","message":"no \"answer\"\\n","retryable":true,"time":"2026-11-23T23:40:48.123Z"}"# + "\n")
    }

    @Test("no field takes the place of a fixed key")
    func fixedKeys() throws {
        let line = LogLine(event("real", LogField("message", "false"), LogField("level", "false"), LogField("time", 1)))
        let object = try #require(try JSONSerialization.jsonObject(with: Data(line.json)) as? [String: Any])
        #expect(object["message"] as? String == "real")
        #expect(object["level"] as? String == "warning")
        #expect(object["time"] as? String == time.rfc3339)
    }

    @Test("is a line for people")
    func text() {
        #expect(String(decoding: LogLine(event("no answer", .tenant("acme"), LogField("attempt", 3))).text, as: UTF8.self)
            == "2026-11-23T23:40:48.123Z warning job.failed: no answer (tenant_id=acme, attempt=3)\n")
        #expect(String(decoding: LogLine(event("x")).text, as: UTF8.self) == "2026-11-23T23:40:48.123Z warning job.failed: x\n")
    }

    @Test("is a journal datagram with filterable fields and no field of systemd's")
    func journal() {
        let line = LogLine(event("a\nPRIORITY=0", .job("job_1"), .tenant("acme"), .step("dryrun"),
                                 LogField("_uid", "0"), LogField("duration-ms", 7)))
        #expect(String(decoding: line.journalDatagram, as: UTF8.self) == """
            MESSAGE=a\\nPRIORITY=0
            PRIORITY=4
            SYSLOG_IDENTIFIER=onboardd
            ONBOARDD_EVENT=job.failed
            JOB_ID=job_1
            TENANT_ID=acme
            STEP=dryrun
            ONBOARDD__UID=0
            ONBOARDD_DURATION_MS=7

            """)
    }

    static let nasty = ["\"", "\\", "\n", "\u{0}", "é", "👩‍👩‍👧‍👦", "\u{FFFD}", "x ", "a@b.c "]

    @Test("whatever is in it, it is one line of at most 8 KiB in every form", arguments: nasty, [1, 1_365, 10_000])
    func bounded(piece: String, count: Int) throws {
        let text = String(repeating: piece, count: count)
        let fields = [LogField.job(text), LogField("a_field_with_a_rather_long_name", text)]
        let event = LogEvent(time: time, level: .error, name: "test.bounded", message: text, fields: fields)
        for form in [\LogLine.json, \LogLine.text] {
            let line = LogLine.fitting(event) { $0[keyPath: form] }
            #expect(line.count <= LogLine.limitBytes)
            #expect(line.firstIndex(of: UInt8(ascii: "\n")) == line.count - 1)
            #expect(String(validating: line, as: UTF8.self) != nil)
        }
        #expect(LogLine.fitting(event, \.journalDatagram).count <= LogLine.limitBytes)
        let json = LogLine.fitting(event, \.json)
        #expect(try JSONSerialization.jsonObject(with: Data(json)) is [String: Any])
    }

    @Test("fields beyond the limit are left out, and as many as are kept still fit", arguments: nasty)
    func manyFields(piece: String) {
        let text = String(repeating: piece, count: 100)
        let fields = (0..<40).map { LogField("a_field_with_a_rather_long_name", text + String($0)) }
        let event = LogEvent(time: time, level: .error, name: "test.bounded", message: text, fields: fields)
        #expect(event.fields.count == LogEvent.fieldLimit)
        for form in [\LogLine.json, \LogLine.text, \LogLine.journalDatagram] {
            #expect(LogLine.fitting(event) { $0[keyPath: form] }.count <= LogLine.limitBytes)
        }
    }

    @Test("says that it was cut")
    func marked() {
        #expect(LogLine(event(String(repeating: "word ", count: 2_000))).message.hasSuffix("word …(cut)"))
        #expect(cut("aé", toBytes: 2) == "a…(cut)")
        #expect(cut("aé", toBytes: 3) == "aé")
    }

    private func event(_ message: String, _ fields: LogField...) -> LogEvent {
        LogEvent(time: time, level: .warning, name: "job.failed", message: message, fields: fields)
    }
}
