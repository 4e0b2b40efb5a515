// SPDX-License-Identifier: Apache-2.0
import CommandTable
import Daemon
import HTTPServer
import Logging
import Service
import Settings
import Time

extension Subcommand {
    static let serve = Subcommand(
        command: Command(
            "serve", options: SettingOption.all, summary: "run the daemon, until SIGTERM or SIGINT",
            details: "SIGHUP re-reads plans, limits and log level; a bad file keeps the old settings and says why.")
    ) { arguments, environment in
        let configuration: Configuration
        do {
            configuration = try SettingOption.loadAll(arguments, environment)
        } catch {
            complain("\(error)")
            return .usage
        }
        let signals = DaemonSignal.stream()
        FileDescriptorLimit.raise()
        let output = LogOutput(
            .standardError(format: configuration.logFormat, journalStream: environment["JOURNAL_STREAM"]),
            level: configuration.logLevel, time: .system)
        do {
            let daemon = try await Daemon(configuration, environment: environment, time: .system, output: output) {
                try SettingOption.load(arguments, environment)
            }
            try await daemon.run(signals)
            return .done
        } catch {
            output.flush()
            throw error
        }
    }
}
