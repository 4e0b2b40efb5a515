// SPDX-License-Identifier: Apache-2.0
import FoundationEssentials
import Glibc

/// Measures the daemon as a client meets it, each figure beside a limit of this machine measured in the same run.
/// `onboardd-bench [--json FILE] [--bin FOLDER]`
@main
enum Benchmarks {
    static func main() async throws {
        var arguments = CommandLine.arguments.dropFirst().makeIterator()
        var json: String?
        var binaries = ".build/release"
        while let argument = arguments.next() {
            switch argument {
            case "--json": json = arguments.next()
            case "--bin": binaries = arguments.next() ?? binaries
            default:
                print("usage: onboardd-bench [--json FILE] [--bin FOLDER]")
                exit(2)
            }
        }
        let report = try await measure(binaries)
        print(report.table)
        if let json { try Data(try report.json.utf8).write(to: URL(filePath: json)) }
    }

    private static func measure(_ binaries: String) async throws -> Report {
        let folder = try ScratchFolder()
        let sync = try Disk.medianSync(in: folder.path)
        let daemon = try await DaemonUnderTest(binary: binaries + "/onboardd", state: folder.path + "/state")
        var report = Report(
            hardware: Hardware.description, durability: "SQLite WAL, synchronous=FULL; datasets fsynced, renamed, folder fsynced")
        report.add("fdatasync_ms", sync.milliseconds, "ms", limit: nil, note: "the disk, median of 200")

        let dryRun = try await Workloads.dryRuns(on: daemon, count: 200)
        report.add("dryrun_p50_ms", dryRun.median.milliseconds, "ms", limit: sync.milliseconds, note: "the seed system: about 4,000 ms")
        let submit = try await Workloads.submissions(on: daemon, count: 500)
        report.add("submit_p50_ms", submit.median.milliseconds, "ms", limit: sync.milliseconds, note: "to the durable 202")
        report.add("submit_p99_ms", submit.percentile(99).milliseconds, "ms", limit: sync.milliseconds, note: "")
        let onboarding = try await Workloads.onboardings(on: daemon, count: 100)
        report.add(
            "onboarding_p50_ms", onboarding.median.milliseconds, "ms", limit: sync.milliseconds,
            note: "the seed system: about 15,000 ms; here with verification, one at a time")
        let rate = try await Workloads.onboardingRate(on: daemon, count: 2_000, clients: 64)
        report.add("onboardings_per_s", rate, "1/s", limit: try Disk.filesPerSecond(in: folder.path), note: "limit: files made, synced, renamed")
        try await daemon.stop()
        return report
    }
}
