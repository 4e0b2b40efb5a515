// SPDX-License-Identifier: Apache-2.0
import Foundation
import JSON
import SQLite
import Testing

@Suite("the stop")
struct StopTests {
    @Test("SIGTERM with a step in hand: intake goes on, who waits is answered, exit 0, and the next start resumes")
    func drain() async throws {
        let home = try Home()
        let daemon = try await DaemonProcess.start(home)
        let client = daemon.client
        // Whoever writes to the central tables holds up the step that reserves the tenant.
        let writer = try Connection(path: home.central, mode: .readWrite)
        try writer.executeScript("BEGIN IMMEDIATE")
        let inHand = try await client.onboard("in_hand").jobID
        _ = try await client.job(inHand) { job in
            job["steps"].item("name", "reserve_tenant")["state"] == .string("running")
        }
        async let waitsForEnd = client.job(inHand, wait: 60)
        async let waitsAtIntake = client.onboard("waits_at_intake", [("Prefer", "wait=60")])

        daemon.process.signal(SIGTERM)
        try await daemon.manager.message(holding: "STOPPING=1")
        let late = try await client.onboard("came_late")
        #expect(late.status == 202)
        let lateWaiting = try await client.onboard("came_late_and_waits", [("Prefer", "wait=60")])
        #expect(lateWaiting.status == 202 && lateWaiting["Preference-Applied"] == nil)
        try writer.executeScript("COMMIT")

        let answered = try await waitsForEnd
        #expect(answered.status == 200 && ["queued", "running", "retrying"].contains(answered.json["state"].text), "\(answered.text)")
        let accepted = try await waitsAtIntake
        #expect(accepted.status == 202, "\(accepted.text)")
        #expect(try await daemon.process.exitCode() == 0)
        #expect(!FileManager.default.fileExists(atPath: home.state + "/address"))
        #expect(!FileManager.default.fileExists(atPath: home.state + "/control.sock"))
        let places = try Home.rows(home.jobStore, "SELECT DISTINCT coalesce(place, 'ended') FROM job").map { $0[0] }
        #expect(!places.contains("leased") && places.contains("ready"), "nothing is leased to a daemon that is gone: \(places)")

        let next = try await DaemonProcess.start(home)
        for job in [inHand, accepted.jobID, late.jobID, lateWaiting.jobID] {
            let ended = try await next.client.job(job, wait: 60)
            #expect(ended.json["state"] == .string("succeeded"), "\(ended.text)")
            let steps = ended.json["steps"].list
            // On a machine so slow that the lock outlasted the step's patience, the step was tried again, and says so.
            guard steps.allSatisfy({ $0["failures"].list.isEmpty }) else { continue }
            #expect(ended.json["attempt"] == .integer(1), "handing back costs no attempt")
            #expect(steps.allSatisfy { $0["attempt"] == .integer(1) }, "a step in hand was finished, not begun again")
        }
        try expectOnboardedOnce(home, ["in_hand", "waits_at_intake", "came_late", "came_late_and_waits"])
    }

    @Test("when the drain time is over the step in hand is given up, its job handed back; the next start finishes it")
    func drainTimeOver() async throws {
        let home = try Home()
        try home.configure("drain:\n  seconds: 0\n")
        let daemon = try await DaemonProcess.start(home)
        let writer = try Connection(path: home.central, mode: .readWrite)
        try writer.executeScript("BEGIN IMMEDIATE")
        let job = try await daemon.client.onboard("acme_corp").jobID
        _ = try await daemon.client.job(job) { $0["steps"].item("name", "reserve_tenant")["state"] == .string("running") }
        daemon.process.signal(SIGTERM)
        _ = try await daemon.event("daemon.stopping")
        try writer.executeScript("COMMIT")
        #expect(try await daemon.process.exitCode() == 0)
        #expect(try Home.rows(home.jobStore, "SELECT count(*) FROM job WHERE place = 'leased'") == [["0"]])

        let next = try await DaemonProcess.start(home)
        #expect(try await next.client.job(job, wait: 60).json["state"] == .string("succeeded"))
        try expectOnboardedOnce(home, ["acme_corp"])
    }

    @Test("an idle daemon stops with 0 on either signal, and says so", arguments: [SIGTERM, SIGINT])
    func idle(signal: Int32) async throws {
        let daemon = try await DaemonProcess.start(try Home())
        daemon.process.signal(signal)
        #expect(try await daemon.process.exitCode() == 0)
        #expect(try await daemon.event("daemon.stopped")["level"] == .string("info"))
        #expect(daemon.manager.messages.items.last?.contains("STOPPING=1") == true)
        for path in [daemon.home.jobStore, daemon.home.central] { #expect(try daemon.home.isIntact(path)) }
    }
}
