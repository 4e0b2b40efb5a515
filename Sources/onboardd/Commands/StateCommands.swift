// SPDX-License-Identifier: Apache-2.0
import CommandTable
import Daemon
import Glibc
import Service
import Settings
import Time

extension Subcommand {
    static let migrate = Subcommand(
        command: Command(
            "migrate", options: [SettingOption.config, SettingOption.stateDirectory],
            summary: "bring the store's schema up to this program; `serve` does it by itself",
            details: "It needs the state directory for itself: stop the daemon first.")
    ) { arguments, environment in
        try await withConfiguration(arguments, environment) { configuration in
            let state = try StateDirectory(making: configuration.state.directory)
            let lock = try StateLock(state)
            let applied = try withExtendedLifetime(lock) { try Installation.migrate(state) }
            for migration in applied { print("applied \(migration.number) \(migration.name)") }
            if applied.isEmpty { print("\(state.jobs) is up to date") }
        }
    }

    static let checkConfig = Subcommand(
        command: Command(
            "check-config", options: SettingOption.all, summary: "check the configuration and the files beside it",
            details: "Exits 2 and names file, line and key where something is wrong.")
    ) { arguments, environment in
        do {
            let configuration = try SettingOption.loadAll(arguments, environment)
            _ = try ConfigurationFiles(configuration).pipeline()
            print("the configuration is good")
            return .done
        } catch {
            complain("\(error)")
            return .usage
        }
    }

    static let bootstrap = Subcommand(
        command: Command(
            "bootstrap", options: [SettingOption.config, SettingOption.stateDirectory, SettingOption.warehouse],
            summary: "make what is missing of the warehouse's central tables",
            details: "It asks the running daemon, or does it itself where none runs. Prints what was made, as JSON.")
    ) { arguments, environment in
        try await withConfiguration(arguments, environment) { try await report(.bootstrap, $0) }
    }

    private static let adopt = Option("adopt", .flag, summary: "take over the warehouse, and tenants that only it knows")
    private static let fix = Option("fix", .flag, summary: "clear what failed onboardings left behind")

    static let reconcile = Subcommand(
        command: Command(
            "reconcile", options: [SettingOption.config, SettingOption.stateDirectory, SettingOption.warehouse, adopt, fix],
            summary: "compare the store with the warehouse; changes nothing without a flag",
            details: "It asks the running daemon, or does it itself where none runs. Prints what it found, as JSON.")
    ) { arguments, environment in
        try await withConfiguration(arguments, environment) { configuration in
            try await report(.reconcile(adopt: arguments.has(adopt), fix: arguments.has(fix)), configuration)
        }
    }

    private static func report(_ command: ControlCommand, _ configuration: Configuration) async throws {
        print(String(decoding: try await command.perform(configuration, time: .system), as: UTF8.self))
    }

    /// A configuration that is refused is wrong usage, whatever the command.
    private static func withConfiguration(
        _ arguments: Arguments, _ environment: [String: String], _ body: (Configuration) async throws -> Void
    ) async throws -> ExitCode {
        let configuration: Configuration
        do {
            configuration = try SettingOption.loadAll(arguments, environment)
        } catch {
            complain("\(error)")
            return .usage
        }
        try await body(configuration)
        return .done
    }
}
