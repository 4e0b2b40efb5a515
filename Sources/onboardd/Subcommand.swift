// SPDX-License-Identifier: Apache-2.0
import CommandTable
import Daemon
import Service
import Settings

/// A command of `onboardd`: what it takes, and what it does.
struct Subcommand: Sendable {
    let command: Command
    let run: @Sendable (Arguments, [String: String]) async throws -> ExitCode

    static let all = [serve, migrate, checkConfig, bootstrap, reconcile]
}

/// The flags that stand for settings.
enum SettingOption {
    static let config = Option("config", .text("FILE"), summary: "the configuration file")
    static let listen = Option("listen", .text("ADDRESS"), summary: "listen.address: 127.0.0.1:8080, 127.0.0.1:0, unix:/path")
    static let stateDirectory = Option("state-dir", .text("FOLDER"), summary: "state.directory")
    static let warehouse = Option("warehouse", .text("KIND"), summary: "warehouse.kind: embedded")

    static let all = [config, listen, stateDirectory, warehouse]

    /// The settings as file, environment and flags give them.
    static func load(_ arguments: Arguments, _ environment: [String: String]) throws(SettingsError) -> Configuration {
        var flags: [String: String] = [:]
        for option in [listen, stateDirectory, warehouse] { flags["--" + option.name] = arguments.text(option) }
        return try Configuration.load(file: arguments.text(config), environment: environment, flags: flags)
    }

    /// The same, with the files beside the settings read once.
    /// - Throws: `SettingsError`, `YAMLError`: the configuration is refused.
    static func loadAll(_ arguments: Arguments, _ environment: [String: String]) throws -> Configuration {
        let configuration = try load(arguments, environment)
        try ConfigurationFiles(configuration).check()
        return configuration
    }
}
