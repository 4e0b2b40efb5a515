// SPDX-License-Identifier: Apache-2.0
import Foundation
import JSON
import Testing

@Suite("the reload")
struct ReloadTests {
    @Test("SIGHUP applies changed limits, plans and log level, and the log tells each")
    func applies() async throws {
        let home = try Home()
        try home.configure("limits:\n  body_bytes: 2048\n")
        let daemon = try await DaemonProcess.start(home)
        let client = daemon.client
        #expect(try await client.onboardFully("before").status == 200)
        let long = Client.tenant("long_body").dropLast() + #","note":"\#(String(repeating: "x", count: 1_500))"}"#
        #expect(try await client.post("/api/v1/tenants/onboard", String(long)).status == 422)

        try home.configure("limits:\n  body_bytes: 1024\nlog:\n  level: error\ndrain:\n  seconds: 7\n")
        try home.edit("plans.yml", "daily: 6", "daily: 7")
        let told = try await daemon.reload()
        #expect(told.first?.contains("RELOADING=1") == true && told.first?.contains { $0.hasPrefix("MONOTONIC_USEC=") } == true)
        #expect(told.count == 2)
        #expect(try await client.post("/api/v1/tenants/onboard", String(long)).status == 413)
        #expect(try await client.onboardFully("after").status == 200)
        let limits = try await [client.get("/api/v1/tenants/before"), client.get("/api/v1/tenants/after")].map { $0.json["limits"]["daily"] }
        #expect(limits == [.integer(6), .integer(7)])

        #expect(try await daemon.stop() == 0)
        let log = await daemon.process.errorLines.whole()
        for change in [
            "limits.body_bytes: 2048 -> 1024, applied now", "log.level: info -> error, applied now",
            "drain.seconds: 25 -> 7, needs a restart", "plan STARTER: 6 a day",
        ] { #expect(log.contains(change), "\(change) in: \(log)") }
        #expect(!log.contains("daemon.stopping"), "info is below the level that holds since the reload")
    }

    @Test("a bad file keeps the old settings and says why, where", arguments: [
        ("onboardd.yml", "limits:\n  body_bytes: many\n", "onboardd.yml:2:15: limits.body_bytes"),
        ("onboardd.yml", "limits:\n  body_bites: 2048\n", "onboardd.yml:2:3: "),
        ("onboardd.yml", "limits: [", "onboardd.yml:"),
        ("plans.yml", "plans:\n  STARTER:\n    daily: -1\n    monthly: 1\n    concurrent: 1\n", "plans.yml:3:"),
        ("plans.yml", "plans: {}\n", "plans.yml:"),
    ])
    func refuses(name: String, text: String, place: String) async throws {
        let home = try Home()
        try home.configure("limits:\n  body_bytes: 1500\n")
        let daemon = try await DaemonProcess.start(home)
        try text.write(toFile: home.folder.file("etc/" + name), atomically: true, encoding: .utf8)
        let told = try await daemon.reload()
        #expect(told.count == 2)
        let refusal = try await daemon.event("configuration.refused")
        #expect(refusal["level"] == .string("error"))
        #expect(refusal["message"].text?.contains(place) == true && refusal["message"].text?.contains("old settings stay") == true)
        let long = Client.tenant("long_body").dropLast() + #","note":"\#(String(repeating: "x", count: 1_500))"}"#
        #expect(try await daemon.client.post("/api/v1/tenants/onboard", String(long)).status == 413)
        #expect(try await daemon.client.onboardFully("acme_corp").status == 200)
        #expect(try await daemon.client.get("/api/v1/tenants/acme_corp").json["limits"]["daily"] == .integer(6))
    }
}
