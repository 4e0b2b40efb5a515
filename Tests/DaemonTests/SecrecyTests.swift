// SPDX-License-Identifier: Apache-2.0
import Foundation
import JSON
import Testing

@Suite("secrets")
struct SecrecyTests {
    @Test("no API key and no key material is in any file in clear, and no log line holds them, an e-mail or a company")
    func nothingInClear() async throws {
        let home = try Home()
        let daemon = try await DaemonProcess.start(home, environment: ["ONBOARDD_LOG_LEVEL": "debug"])
        let client = daemon.client
        let shown = try await client.onboardFully("acme_corp").json["api_key"].text
        let unread = try await client.onboard("unread_corp").jobID
        _ = try await client.job(unread, wait: 60)
        let revealed = try await client.onboard("revealed_corp").jobID
        _ = try await client.job(revealed, wait: 60)
        let key = try await client.post("/api/v1/jobs/\(revealed)/api-key").json["api_key"].text
        _ = try await client.post("/api/v1/tenants/dryrun", Client.tenant("acme_corp"))
        _ = try await client.onboard("ACME_corp")
        let master = try String(contentsOfFile: home.keyFile, encoding: .utf8).trimmingCharacters(in: .newlines)
        let secrets = [try #require(shown), try #require(key), String(master.suffix(43))]
        let parts = secrets.map { String($0.suffix(43)) }
        #expect(parts.allSatisfy { $0.count == 43 } && Set(parts).count == 3)

        // While the daemon runs, with all that is in its logs of changes, and after it has stopped.
        for state in ["running", "stopped"] {
            if state == "stopped" { #expect(try await daemon.stop() == 0) }
            for (path, bytes) in try home.files() where path != "keys/master.key" {
                for part in parts { #expect(bytes.range(of: Data(part.utf8)) == nil, "\(state): \(path)") }
            }
        }
        let log = await daemon.process.errorLines.whole()
        #expect(log.contains("job.succeeded"))
        for word in parts + ["@", "admin", "Company"] { #expect(!log.contains(word), "\(log)") }
        let all = try home.files().reduce(into: Data()) { $0 += $1.bytes }
        #expect(all.range(of: Data("admin@acme-corp.example".utf8)) != nil, "the search finds what is there in clear")
    }

    @Test("logs are one JSON object a line with time, level and event, also of what fails")
    func logLines() async throws {
        let home = try Home()
        let daemon = try await DaemonProcess.start(home)
        _ = try await daemon.client.onboardFully("acme_corp")
        daemon.process.signal(SIGHUP)
        _ = try await daemon.event("configuration.reloaded")
        #expect(try await daemon.stop() == 0)
        for line in await daemon.process.errorLines.whole().components(separatedBy: "\n") {
            let event = try JSONValue(parsing: Array(line.utf8))
            for member in ["time", "level", "event", "message"] { #expect(event[member].text?.isEmpty == false, "\(line)") }
        }
        let text = try await Command.run("serve", "--state-dir", home.state, "--listen", "nowhere")
        #expect(text.errors.contains("--listen") && !text.output.contains("--listen"))
    }
}
